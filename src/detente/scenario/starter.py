"""The scenario that `detente new` writes: small, invented, explained line by line, and ready to be assessed."""

from __future__ import annotations

from detente.scenario.yaml_layout import text


def starter(name: str) -> str:
    """Return the text of a small commented scenario with this name as its title."""
    return _TEXT.replace("TITLE", text(name.replace("-", " ").replace("_", " ").strip() or "A crisis"))


_TEXT = """\
# A scenario to begin with. Change it step by step, and run `detente check` on it after each step.
# The crisis is invented: two countries share a river, one fills a dam, a third buys power from it.

detente: 1
title: TITLE
about: Upland fills its dam fast, Lowland's fields go dry, and Coast, which buys the power, could lend money.
aim: shared                                # the outcome on which strategies are ranked

# Works that judgements cite, so that others can check them.
sources:
  survey: {title: Survey of the river, publisher: River Commission, year: 2023}

# Those whose decisions you want to explain.
parties:
  UPL: {name: Upland}
  LOW: {name: Lowland}
  CST: {name: Coast}

# What each of them could decide. OWNER.option; levels in order, [no, yes] unless you say otherwise.
options:
  UPL.filling: {title: Fills the reservoir, levels: [fast, slow, agreed]}
  UPL.gauges: {title: Lets Lowland read its gauges}
  LOW.troops: {title: Troops at the border}
  LOW.court: {title: Takes the case to court}
  CST.loan: {title: Lends money for a slower filling}
  # A shock belongs to nature: nobody decides it; its hazard is the chance per round.
  nature.drought: {title: A dry year, moves: up, hazard: 0.1, source: survey p2}

# What can never be, and why. Folly is possible; contradictions are not.
rules:
  - {must: UPL.filling == agreed implies UPL.gauges, because: The agreement includes the gauges.}

# How things stand today; options that are not named stand at their first level.
status_quo: {LOW.troops: yes}

# States that people talk about, by name. Expressions: and or not implies iff, == < >=, count(a; b) >= 1.
outcomes:
  shared: {where: UPL.filling == agreed, because: The fields ask for water and not for what it was paid with.}
  standoff: {where: LOW.troops and UPL.filling == fast, title: Stand-off at the dam}
  calm: not LOW.troops and UPL.filling >= slow

# What each party wants or avoids, and how much it matters beside its other interests.
# Unsure? `3 ± 1` (two standard deviations), `3 (2..5)` (most likely 3), `2..5` (anything between).
interests:
  UPL:
    - wants: {UPL.filling: {fast: 1, slow: 0.5, agreed: 0.4}}
      weight: 4 ± 1
      because: Every year of delay costs power.
    - {avoids: LOW.troops, weight: 3 (2..5), because: The dam lies within reach of the border.}
    - {wants: CST.loan, weight: 2..4, because: The loan pays for half of the lost power.}
    - {avoids: UPL.gauges, weight: 1, because: Gauges show what is held back.}
    - {avoids: LOW.court, weight: 1, because: A case frightens lenders.}
  LOW:
    - wants: {UPL.filling: {fast: 0, slow: 0.5, agreed: 1}}
      weight: 6 ± 1
      because: Crops need the summer flow.
      source: survey p4
    - {wants: UPL.gauges, weight: 2, because: Farmers could plan ahead.}
    - {avoids: LOW.troops and UPL.filling >= slow, weight: 2, because: Without a threat the troops only cost.}
    - {wants: LOW.troops and UPL.filling == fast, weight: 1.5, because: The public wants to see resolve.}
    - {avoids: LOW.court, weight: 0.5, because: Cases take years.}
    - {avoids: risk(nature.drought), weight: 1, because: A dry year halves the flow., source: survey p9}
  CST:
    - {avoids: LOW.troops, weight: 3, because: A war would cut its power lines.}
    - {wants: shared, weight: 3 ± 1, because: It wants power it can count on.}
    - {avoids: CST.loan, weight: 1, because: The money is needed at home.}

# How one party takes another's good or bad fortune, from -1 to 1. `A > B` one way, `A ~ B` both ways.
relations:
  UPL ~ LOW: {attitude: -0.1 ± 0.1, because: Two generations of quarrels.}
  CST > UPL: {attitude: 0.1, because: Upland is its supplier.}

# Who can change their options together.
tables:
  river: [UPL, LOW]
  basin: [UPL, LOW, CST]

# What sponsors can try, stage by stage; they commit only their own options.
strategies:
  wait:
    title: Wait and see
    sponsors: [CST]
    stages: [{}]
  river-talks:
    title: Talks between the two
    sponsors: [UPL, LOW]
    stages: [{tables: [river]}]
  loan-for-water:
    title: A loan, then talks of all three
    sponsors: [CST]
    stages:
      - {commit: {CST.loan: yes}, title: The loan is signed}
      - {tables: [basin], until: shared, title: All three talk}
"""
