"""What a patient's text says: red flags, consent, answers; pure rules in two languages."""
