"""Keys for invented data: printed in the open on purpose, refused by the production settings."""

FIELD_KEYS = ["0:ZGF5Ym9vay1kZW1vLWZpZWxkLWtleS0wMDAwMDAwMDA="]
INDEX_KEY = "ZGF5Ym9vay1kZW1vLWluZGV4LWtleS0wMDAwMDAwMDA="
SEAL_KEY = "ZGF5Ym9vay1kZW1vLXNlYWwta2V5LTAwMDAwMDAwMDA="
