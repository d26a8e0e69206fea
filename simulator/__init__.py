"""A stand-in for Twilio's Programmable Messaging: its REST API, its callbacks, and phones to click on."""
