import pytest

from aaa import cli
from aaa.store import gate
from aaa.store.gate import Door, Outcome, RateLimiter


class Hands:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


STORED = gate.hashed("een lang wachtwoord")
with pytest.MonkeyPatch.context() as _patch:
    _patch.setattr(gate, "_COST", 2)  # hours of knocking are hundreds of tries
    QUICK = gate.hashed("een lang wachtwoord")


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


def test_wrong_tries_count_for_less_each_hour() -> None:
    clock = Hands()
    door = RateLimiter(clock)
    for delay in (1, 2, 4, 8, 16):
        door.attempt("fout", STORED)
        assert door.wait() == delay
        clock.now += delay
    clock.now += 2 * 3600
    door.attempt("fout", STORED)  # five wrong ones became one
    assert door.wait() == 2


def test_a_token_counts_for_its_kind_its_time_and_its_password() -> None:
    found = gate.token(STORED, "lead", 1000.0)
    name = gate.opened(found, STORED, "lead", 999.0)
    assert name
    assert gate.opened(found, STORED, "lead", 1000.0) is None
    assert gate.opened(found, STORED, "device", 999.0) is None
    assert gate.opened(found, gate.hashed("een ander wachtwoord"), "lead", 999.0) is None
    assert gate.opened(found.replace(".1000.", ".9000."), STORED, "lead", 999.0) is None
    assert gate.opened(found, "", "lead", 999.0) is None
    for wrong in (
        "",
        "x",
        "...",
        "lead.1.a.b",
        "\u00e9.1.a.b",
        "lead.1.a.\u00e9",
        "lead.1.a.\ud800",
    ):
        assert gate.opened(wrong, STORED, "lead", 0.0) is None
    assert gate.token(STORED, "lead", 1000.0) != found


def test_a_stranger_shuts_the_door_to_nobody_else() -> None:
    clock = Hands()
    door = Door(clock)
    for _ in range(180):  # an hour of knocking, as often as it is looked at
        assert door.limiter(None, "198.51.100.7").attempt("fout", QUICK) is Outcome.WRONG
        clock.now += 20
    door.limiter(None, "198.51.100.7").attempt("fout", QUICK)
    known = door.limiter("a browser", "198.51.100.7")
    assert known.attempt("een lang wachtwoord", QUICK) is Outcome.OPEN
    assert door.limiter(None, "203.0.113.9").attempt("een lang wachtwoord", QUICK) is Outcome.OPEN
    # of the same address: never longer than the delay for strangers
    assert door.limiter(None, "198.51.100.7").wait() <= 20
    assert door.limiter("a browser", "x") is known


def test_many_addresses_share_a_door_and_do_not_fill_the_memory() -> None:
    door = Door(Hands())
    for number in range(3000):
        door.limiter(None, f"address {number}")
    assert len(door._known) <= 1000
    assert door.limiter(None, "address 2999") is door.limiter(None, "address 2998")
    assert door.limiter("a browser", "x") is not door.limiter(None, "address 2999")
