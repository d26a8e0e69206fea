"""The simulator's addresses: Twilio's REST API, the control addresses, the phones."""
