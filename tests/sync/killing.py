"""Kills rounds of sharing at random moments, then looks whether anything was lost. Run by test_sharing_kill.py.

A process of its own, which forks: each child opens two workspaces, edits, shares, and is killed somewhere in it.
"""

import gc
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import NoReturn

from team_of_laptops import Team

from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import ItemField
from readiness.services.bundles import make_bundle, take_bundle
from readiness.services.conflicts import read_conflicts, take_newest
from readiness.services.items import edit_items
from readiness.services.rounds import share


def work(top: Path, place: str, acknowledged: int, number: int) -> Team:
    """Edit on two of three laptops, the next two each time, and share; what was acknowledged is told to the parent."""
    which = (number % 3, (number + 1) % 3)
    team = Team.opened(top, which)
    id_ = list(team.ids.values())[number % 4]
    for laptop in team.laptops:
        asked = [(found.id, found.field) for found in laptop.read(read_conflicts)]
        if asked:  # a field in conflict takes no edit
            laptop.run(take_newest, asked)
        changes = laptop.run(edit_items, [id_], [ItemEdit(ItemField.POSITION, f"{number} {laptop.folder.name}")])
        os.write(acknowledged, f"{changes.step_id}\n".encode())
    if place == "bundle":
        bundle = top / f"{which[0]}.irtbundle"
        make_bundle(team.laptops[0], bundle, replace=True)
        take_bundle(team.laptops[1], bundle)
    else:
        for laptop in team.laptops:
            share(laptop, [place])
    return team


def rehearse(top: Path, place: str) -> None:
    """Do it in a copy: children are then killed in the work, not while SQLAlchemy writes its SQL.

    The second time there is something to choose between. A hub has no copy: who is rehearsing for it shares through
    the folder, but what speaks to a hub is here before there are children.
    """
    if place.startswith("postgresql"):
        import psycopg  # noqa: F401
    with tempfile.TemporaryDirectory(dir=top.parent) as folder, Path(os.devnull).open("wb") as nobody:
        spare = Path(shutil.copytree(top, Path(folder) / "spare"))
        for number in (0, 12):
            work(spare, place if place == "bundle" else str(spare / "shared"), nobody.fileno(), number).close()


def live(top: Path, place: str, acknowledged: int, number: int) -> NoReturn:
    """Work as a child does, and end with 1 when it failed."""
    how = 1
    try:
        work(top, place, acknowledged, number)
        how = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(how)


def main(top: Path, place: str, kills: int, seed: int) -> None:
    """Kill as often as asked, then print what is wrong; nothing when nothing is."""
    chance = random.Random(seed)
    rehearse(top, place)
    gc.disable()  # children look for no rubbish in what they have from their parent
    read, write = os.pipe()
    longest = 0.05
    finished = 0
    for number in range(kills):
        began = time.monotonic()
        child = os.fork()
        if child == 0:
            live(top, place, write, number)
        time.sleep(chance.uniform(0, longest))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):  # it was done already: let the next ones be killed earlier
            finished += 1
            if os.WEXITSTATUS(status):
                print(f"round {number} failed by itself")
            longest = max(0.02, time.monotonic() - began)
        else:
            longest = min(longest * 1.1, 0.6)
    os.close(write)
    steps = set(os.fdopen(read).read().split())
    team = Team.opened(top)
    for each in (*team.laptops, *team.laptops):
        share(each, [str(team.place)])
    team.check()
    for each in team.laptops:
        found = {id_ for (id_,) in each.glance(lambda cursor: cursor.execute("SELECT id FROM step").fetchall())}
        if steps - found:
            print(f"{len(steps - found)} acknowledged steps are not on {each.folder.name}")
    leftovers = [path for path in team.place.rglob("*.irtseg") if path.stat().st_size == 0]
    if leftovers:
        print(f"{len(leftovers)} segments without content have a name")
    print(f"{kills} kills, {finished} were done already, {len(steps)} steps acknowledged", file=sys.stderr)
    team.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
