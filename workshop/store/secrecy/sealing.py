"""Seals what is chosen in a secret vote: encrypted and authenticated, and of one length whatever was chosen.

SHAKE-256 over the key and a number used once gives the stream that hides the text, HMAC-SHA-256 proves that nobody changed
it: both are of the standard library. Without the key the text is noise of which only the length in steps is known.
"""
import base64
import hashlib
import hmac
import json
import secrets

from workshop.domain.shapes import Choices

SHORTEST = 512  # bytes; longer ballots are of the next power of two
NONCE, PROOF = 16, 32


class Unreadable(Exception):
    """Reports a sealed ballot that the key does not open."""


def seal(key: bytes, choices: Choices) -> str:
    """Returns the choices as a text that the key opens."""
    plain = json.dumps(choices, separators=(",", ":")).encode()
    plain = plain.ljust(max(SHORTEST, 1 << (len(plain) - 1).bit_length()))
    nonce = secrets.token_bytes(NONCE)
    hidden = nonce + _hide(key, nonce, plain)
    return base64.b64encode(hidden + _proof(key, hidden)).decode()


def unseal(key: bytes, text: str) -> Choices:
    """Returns the choices. Raises Unreadable."""
    try:
        given = base64.b64decode(text, validate=True)
        hidden, proof = given[:-PROOF], given[-PROOF:]
        if not hmac.compare_digest(proof, _proof(key, hidden)):
            raise Unreadable
        choices: Choices = json.loads(_hide(key, hidden[:NONCE], hidden[NONCE:]))
    except ValueError:
        raise Unreadable from None
    return choices


def mark_of(key: bytes) -> str:
    """Returns what tells the key from others, and nothing else of it."""
    return hmac.digest(key, b"mark", "sha256").hex()[:24]


def _hide(key: bytes, nonce: bytes, text: bytes) -> bytes:
    stream = hashlib.shake_256(hmac.digest(key, b"stream" + nonce, "sha256")).digest(len(text))
    return (int.from_bytes(text) ^ int.from_bytes(stream)).to_bytes(len(text))


def _proof(key: bytes, hidden: bytes) -> bytes:
    return hmac.digest(hmac.digest(key, b"proof", "sha256"), hidden, "sha256")
