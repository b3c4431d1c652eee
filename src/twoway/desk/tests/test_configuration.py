"""A slip in a variable is named, with what the variable may be."""

import pytest

from twoway.desk import configuration
from twoway.desk.configuration import Misconfigured


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("TWOWAY_LOG_LEVEL", "loud", "TWOWAY_LOG_LEVEL is 'loud'; it may be DEBUG, INFO"),
        ("TWOWAY_PACE", "fast", "TWOWAY_PACE is 'fast'; it may be a number"),
        ("TWOWAY_SECURE", "perhaps", "TWOWAY_SECURE is 'perhaps'; it may be yes or no"),
    ],
)
def test_a_slip_is_named_with_the_cure(variable, value, says):
    with pytest.raises(Misconfigured, match=says):
        configuration.read({variable: value})


def test_an_address_that_is_none_is_named_without_what_is_secret_in_it():
    with pytest.raises(
        Misconfigured, match="TWOWAY_DATABASE has to begin with sqlite:// or postgresql://"
    ) as said:
        configuration.database("mysql://ana:secret@db.example/desk")
    assert "secret" not in str(said.value)
    with pytest.raises(Misconfigured, match="TWOWAY_EMAIL has to begin with console:"):
        configuration.mail("ana@larkway.example")
