"""What tests of sharing share."""

import pytest
from team_of_laptops import Team


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """Three laptops of one team that know each other, closed."""
    top = tmp_path_factory.mktemp("template")
    team = Team.founded(top, others=2)
    team.everybody_syncs()
    team.check()
    team.close()
    return top
