"""Keys: who signed a file, who can read it, and what a passphrase opens. All of it is libsodium's, by PyNaCl.

Source: merge.md, section 8.
"""

import hmac
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256

from nacl.exceptions import BadSignatureError, CryptoError
from nacl.public import SealedBox
from nacl.pwhash import argon2id
from nacl.secret import SecretBox
from nacl.signing import SigningKey, VerifyKey
from nacl.utils import random as random_bytes

SEED_BYTES = 32
SALT_BYTES: int = argon2id.SALTBYTES
SIGNATURE_BYTES = 64


class Locked(Exception):
    """What this key does not open, or what was altered since it was locked."""


@dataclass(frozen=True, slots=True)
class DeviceKey:
    """The key pair of one laptop (Ed25519); its seed never leaves the database."""

    seed: bytes = field(repr=False)

    @classmethod
    def new(cls) -> "DeviceKey":
        """Make one."""
        return cls(random_bytes(SEED_BYTES))

    @property
    def public(self) -> bytes:
        """What others check signatures with, 32 bytes."""
        return bytes(_signing_key(self.seed).verify_key)

    def sign(self, content: bytes) -> bytes:
        """Return the signature of some bytes, 64 bytes."""
        return bytes(_signing_key(self.seed).sign(content).signature)

    def open_sealed(self, sealed: bytes) -> bytes:
        """Return what was sealed to this laptop. Raises Locked."""
        try:
            return bytes(SealedBox(_signing_key(self.seed).to_curve25519_private_key()).decrypt(sealed))
        except (CryptoError, ValueError) as error:
            raise Locked from error


@lru_cache(maxsize=256)
def _signing_key(seed: bytes) -> SigningKey:
    return SigningKey(seed)


@lru_cache(maxsize=256)
def _verify_key(public: bytes) -> VerifyKey:
    return VerifyKey(public)


def is_signed(content: bytes, signature: bytes, public: bytes) -> bool:
    """Return whether the laptop with a public key signed some bytes."""
    try:
        _verify_key(public).verify(content, signature)
    except (BadSignatureError, CryptoError, ValueError):
        return False
    return True


def fingerprint(*publics: bytes) -> str:
    """Return keys as people read them out: the first 12 hex digits of their SHA-256, in fours; "" for no key."""
    if not publics:
        return ""
    said = sha256(b"".join(publics)).hexdigest()[:12].upper()
    return "-".join(said[start : start + 4] for start in range(0, 12, 4))


def same_code(said: str, code: str) -> bool:
    """Return whether somebody wrote or heard a fingerprint, whatever the case, the dashes and the spaces."""
    plain = "".join(each for each in said if each.isalnum()).upper()
    return bool(plain) and plain == code.replace("-", "")


def seal_to(public: bytes, content: bytes) -> bytes:
    """Return some bytes so that the laptop with a public key alone can read them. Raises ValueError for a bad key."""
    try:
        return bytes(SealedBox(_verify_key(public).to_curve25519_public_key()).encrypt(content))
    except (CryptoError, RuntimeError) as error:
        raise ValueError("a public key that nothing can be sealed to") from error


@dataclass(frozen=True, slots=True)
class TeamKey:
    """A key that every laptop of a team has; the number tells it from those before it."""

    id: int
    secret: bytes = field(repr=False)  # 32 bytes

    @classmethod
    def new(cls, id_: int = 1) -> "TeamKey":
        """Make one."""
        return cls(id_, random_bytes(SecretBox.KEY_SIZE))

    def lock(self, content: bytes) -> bytes:
        """Return some bytes so that the team alone can read them, 40 bytes longer."""
        return bytes(SecretBox(self.secret).encrypt(content))

    def unlock(self, locked: bytes) -> bytes:
        """Return what `lock` was given. Raises Locked."""
        return _unlock(self.secret, locked)

    def name_of(self, sha256_: bytes) -> str:
        """Return the name that a file's content has in every place, 64 hex digits: it tells nobody else what it is."""
        return hmac.new(self.secret, sha256_, sha256).hexdigest()

    def lock_file(self, name: str, content: bytes) -> bytes:
        """Lock a file always to the same bytes, so that two laptops that hand it on write the same."""
        nonce = hmac.new(self.secret, b"nonce" + bytes.fromhex(name), sha256).digest()[: SecretBox.NONCE_SIZE]
        return bytes(SecretBox(self.secret).encrypt(content, nonce))


def lock_with(passphrase: str, salt: bytes, content: bytes) -> bytes:
    """Return some bytes so that whoever has the passphrase can read them. Takes 0.1 s and 64 MB, on purpose."""
    return bytes(SecretBox(_stretched(passphrase, salt)).encrypt(content))


def unlock_with(passphrase: str, salt: bytes, locked: bytes) -> bytes:
    """Return what `lock_with` was given. Raises Locked."""
    return _unlock(_stretched(passphrase, salt), locked)


def new_salt() -> bytes:
    """Return a salt for a passphrase."""
    return random_bytes(SALT_BYTES)


def _stretched(passphrase: str, salt: bytes) -> bytes:
    if len(salt) != SALT_BYTES:
        raise Locked
    key = argon2id.kdf(
        SecretBox.KEY_SIZE,
        passphrase.encode("utf-8"),
        salt,
        opslimit=argon2id.OPSLIMIT_INTERACTIVE,
        memlimit=argon2id.MEMLIMIT_INTERACTIVE,
    )
    return bytes(key)


def _unlock(secret: bytes, locked: bytes) -> bytes:
    try:
        return bytes(SecretBox(secret).decrypt(locked))
    except (CryptoError, ValueError, TypeError) as error:
        raise Locked from error
