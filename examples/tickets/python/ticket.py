"""A payout ticket: who is paid what, signed by your server. Nothing but Python's own library."""

import base64
import hashlib
import hmac
import json
import os
import time


def mint_ticket(claims: dict, secret: str, audience: str, seconds: int = 600) -> str:
    key = base64.b64decode(secret, validate=True)  # the secret is base64: its bytes sign, not its characters
    now = int(time.time())
    signed = b".".join(
        base64url(json.dumps(part).encode())
        for part in ({"alg": "HS256", "typ": "JWT"}, {**claims, "aud": audience, "iat": now, "exp": now + seconds})
    )
    return (signed + b"." + base64url(hmac.new(key, signed, hashlib.sha256).digest())).decode()


def base64url(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


if __name__ == "__main__":
    claims = {
        "sub": "courier-7",  # who is paid, in your words
        "ref": "week-2026-47/courier-7",  # what is paid: one reference is paid once, for ever
        "amount": 425000,  # kopecks, a whole number
        "currency": "RUB",
        "full_name": "Иванов Иван Иванович",
        "description": 'Услуги курьера, договор "15/К", без НДС',
    }
    print(mint_ticket(claims, os.environ["TICKET_SECRET"], os.environ["TICKET_AUDIENCE"]))
