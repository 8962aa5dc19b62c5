import re
from base64 import urlsafe_b64decode

from campaigns import tokens


def test_token_is_256_bits_that_the_nonce_alone_does_not_give(settings):
    fresh = tokens.fresh("team")
    token = tokens.token("team", fresh.nonce)
    assert len(urlsafe_b64decode(token + "=")) == 32
    assert re.fullmatch(r"[\w-]{43}", token)
    settings.INDEX_KEY = "another"
    assert tokens.token("team", fresh.nonce) != token


def test_token_is_the_same_again_so_that_a_mail_can_be_rendered_twice():
    nonce = tokens.fresh("team").nonce
    assert tokens.token("team", nonce) == tokens.token("team", nonce)


def test_token_of_one_purpose_is_not_that_of_another():
    fresh = tokens.fresh("team")
    assert tokens.digest(tokens.token("confirm", fresh.nonce)) != fresh.digest


def test_digest_tells_tokens_apart():
    fresh = tokens.fresh("team")
    token = tokens.token("team", fresh.nonce)
    assert tokens.digest(token) == fresh.digest
    altered = ("A" if token[0] != "A" else "B") + token[1:]
    assert tokens.digest(altered) != fresh.digest
    assert tokens.digest("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"  # SHA-256


def test_fresh_tokens_differ():
    assert len({tokens.fresh("team").digest for _ in range(100)}) == 100
