import pytest

from aaa import cli
from aaa.store import gate
from aaa.store.gate import Outcome, RateLimiter


class Hands:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


STORED = gate.hashed("een lang wachtwoord")


def test_only_the_hash_is_stored_and_never_the_same_twice() -> None:
    assert "wachtwoord" not in STORED
    assert gate.hashed("een lang wachtwoord") != STORED
    assert gate.verify("een lang wachtwoord", STORED)
    assert not gate.verify("Een lang wachtwoord", STORED)
    assert not gate.verify("", STORED)


@pytest.mark.parametrize(
    "stored",
    [
        "",
        "een lang wachtwoord",
        "scrypt$1$8$1$a$b",
        "scrypt$99999999999$8$1$YQ==$YQ==",
        "md5$2$8$1$YQ==$YQ==",
        "a$b$c$d$e$f",
    ],
)
def test_a_line_that_is_no_hash_opens_for_nobody(stored: str) -> None:
    assert not gate.verify("een lang wachtwoord", stored)


def test_after_a_wrong_try_the_next_one_waits_longer_each_time() -> None:
    clock = Hands()
    door = RateLimiter(clock)
    for delay in (1, 2, 4, 8, 16, 32, 60, 60):
        assert door.attempt("fout", STORED) is Outcome.WRONG
        assert door.wait() == delay
        assert door.attempt("een lang wachtwoord", STORED) is Outcome.WAIT  # not even looked at
        clock.now += delay
    assert door.attempt("een lang wachtwoord", STORED) is Outcome.OPEN
    assert door.attempt("fout", STORED) is Outcome.WRONG
    assert door.wait() == 1


def test_the_command_prints_what_to_store(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = iter(
        [
            "een lang wachtwoord",
            "een lang wachtwoord",
            "kort",
            "een lang wachtwoord",
            "een ander wachtwoord",
        ]
    )
    monkeypatch.setattr("getpass.getpass", lambda _: next(typed))
    assert cli.main(["password"]) == 0
    line = capsys.readouterr().out.splitlines()[1]
    assert gate.verify("een lang wachtwoord", line.removeprefix('password = "').removesuffix('"'))
    assert cli.main(["password"]) == 1
    assert cli.main(["password"]) == 1


def test_the_delay_stays_however_many_tries_there_were() -> None:
    clock = Hands()
    door = RateLimiter(clock)
    door._wrong = 5000
    assert door.attempt("fout", STORED) is Outcome.WRONG
    assert door.wait() == 60
