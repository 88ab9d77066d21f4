#!/usr/bin/env python3
"""Compares the meetings that Tablesetter shows with what python-dateutil makes of the same calendars.

    tests/oracle/calendars.py [--program target/debug/tablesetter] [--count 200] [--seed 1] [--ical-js FOLDER] [FILE …]

Calendars are made up, each with a time zone of its own, and files can be named besides. Zones go through dateutil's
`tz.tzical`, rules through its `rrule`; nothing is shared with the program. Python's `icalendar` is no judge here: it
takes a zone that it knows by name before the one that the file describes.

Where dateutil itself departs from RFC 5545, the text of the RFC decides, and the case is counted under its section:

  3.3.5   a local time that the clock skips is read by the offset before; dateutil takes the one after
  3.6.5   before the first onset its TZOFFSETFROM holds; dateutil takes the first standard time
  3.3.10  UNTIL of a zone is an instant; dateutil reads its digits as local time (rewritten before it sees them)

With --ical-js (a folder into which `npm install ical.js` was run; node is needed) the same made-up calendars are read by
ical.js as a second engine. What it says otherwise is counted by the reason that can be seen, and listed with --list.
"""

import argparse
import datetime as dt
import io
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter

try:
    from dateutil import rrule, tz
except ImportError:
    print("skipped: python-dateutil is not installed (pip install python-dateutil)")
    sys.exit(0)

UTC = dt.timezone.utc
FROM, TO = dt.date(2026, 9, 1), dt.date(2027, 4, 30)
BATCH = 40
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def offset_text(minutes):
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"


def stamp(at):
    return at.strftime("%Y%m%dT%H%M%S")


def nth_weekday(year, month, nth, weekday, hour):
    """The day that BYDAY means within a month."""
    start = dt.datetime(year, month, 1, hour)
    rule = rrule.rrule(rrule.MONTHLY, dtstart=start, count=1, byweekday=rrule.weekday(weekday, nth))
    return rule[0]


class Zone:
    """A zone with two offsets, and the text that tells of it."""

    def __init__(self, rng, name):
        self.name = name
        self.is_listed = False
        base = rng.choice([-720, -570, -480, -300, -210, 0, 60, 120, 330, 345, 570, 720, 780])
        shift = rng.choice([60, 60, 60, 30, 120])
        kind = rng.choice(["rules", "rules", "rules", "eras", "listed", "fixed", "late"])
        self.first = dt.datetime(1601, 1, 1)
        begin = {"late": 2026, "eras": 1970}.get(kind, rng.choice([1601, 1970, 2000]))
        south = rng.random() < 0.3
        spring, autumn = (rng.choice([9, 10]), rng.choice([3, 4])) if south else (rng.choice([3, 4]), rng.choice([9, 10, 11]))
        spring_day = (rng.choice([1, 2, -1, -1]), rng.randrange(7), rng.choice([0, 1, 2, 3]))
        autumn_day = (rng.choice([1, 2, -1, -1]), rng.randrange(7), rng.choice([1, 2, 3]))
        parts = []
        if kind == "fixed":
            parts.append(("STANDARD", dt.datetime(begin, 1, 1), base, base, []))
        elif kind == "listed":
            self.is_listed = True
            for name, month, (nth, day, hour), before, after in [
                ("DAYLIGHT", spring, spring_day, base, base + shift),
                ("STANDARD", autumn, autumn_day, base + shift, base),
            ]:
                onsets = [nth_weekday(year, month, nth, day, hour) for year in range(2020, 2030)]
                parts.append((name, onsets[0], before, after, ["RDATE:" + ",".join(map(stamp, onsets[1:]))]))
        else:
            eras = [(begin, None)]
            if kind == "eras":
                eras = [(begin, rng.choice([2006, 2025, 2026])), (None, None)]
                eras[1] = (eras[0][1] + 1, None)
            for first, last in eras:
                if first != eras[0][0]:
                    spring_day = (rng.choice([1, -1]), rng.randrange(7), rng.choice([1, 2]))
                for name, month, (nth, day, hour), before, after in [
                    ("DAYLIGHT", spring, spring_day, base, base + shift),
                    ("STANDARD", autumn, autumn_day, base + shift, base),
                ]:
                    onset = nth_weekday(first, month, nth, day, hour)
                    rule = f"RRULE:FREQ=YEARLY;BYMONTH={month};BYDAY={nth}{DAYS[day]}"
                    until = None
                    if last:
                        until = nth_weekday(last, month, nth, day, hour) - dt.timedelta(minutes=before)
                        rule += f";UNTIL={stamp(until)}Z"
                    parts.append((name, onset, before, after, [rule]))
        rng.shuffle(parts)
        self.parts = parts
        first = min(parts, key=lambda part: part[1] - dt.timedelta(minutes=part[2]))
        self.first_onset = first[1] - dt.timedelta(minutes=first[2])
        self.before = first[2]

    def text(self, for_dateutil=False):
        lines = ["BEGIN:VTIMEZONE", f"TZID:{self.name}"]
        for name, start, before, after, more in self.parts:
            lines += [f"BEGIN:{name}", f"DTSTART:{stamp(start)}", f"TZOFFSETFROM:{offset_text(before)}"]
            lines += [f"TZOFFSETTO:{offset_text(after)}"]
            lines += [local_until(line, before) if for_dateutil else line for line in more]
            lines.append(f"END:{name}")
        return "\r\n".join(lines + ["END:VTIMEZONE"]) + "\r\n"


def local_until(line, before):
    """UNTIL as dateutil reads it."""

    def local(found):
        at = dt.datetime.strptime(found[1], "%Y%m%dT%H%M%S") + dt.timedelta(minutes=before)
        return f"UNTIL={stamp(at)}"

    return re.sub(r"UNTIL=(\d{8}T\d{6})Z", local, line)


class Judge:
    """A zone of dateutil, with the RFC's word where dateutil departs from it."""

    def __init__(self, zone, text, decided, hints):
        self.zone, self.decided, self.hints = zone, decided, hints
        self.tz = tz.tzical(io.StringIO(text)).get(zone.name)

    def to_utc(self, local):
        early = local - dt.timedelta(minutes=self.zone.before)
        if early < self.zone.first_onset:
            self.decided["3.6.5 before the first onset"] += 1
            return early.replace(tzinfo=UTC)
        aware = local.replace(tzinfo=self.tz)
        if not tz.datetime_exists(aware):
            self.decided["3.3.5 a time that is skipped"] += 1
            self.hints.add("3.3.5 a time that is skipped")
            aware = tz.resolve_imaginary(aware)
        elif tz.datetime_ambiguous(aware):
            self.hints.add("3.3.5 a time that is shown twice, the first is meant")
        return aware.astimezone(UTC)


def rule_text(rng, start, judge):
    kind = rng.choice(["DAILY", "WEEKLY", "WEEKLY", "MONTHLY", "MONTHLY", "YEARLY"])
    parts = [f"FREQ={kind}"]
    if rng.random() < 0.4:
        parts.append(f"INTERVAL={rng.choice([2, 3, 4])}")
    if kind == "WEEKLY" and rng.random() < 0.6:
        days = {start.weekday(), *rng.sample(range(7), 2)}
        parts.append("BYDAY=" + ",".join(DAYS[day] for day in sorted(days)))
        if rng.random() < 0.3:
            parts.append("WKST=SU")
    if kind == "MONTHLY":
        choice = rng.randrange(4)
        if choice == 0:
            parts.append(f"BYDAY={(start.day - 1) // 7 + 1}{DAYS[start.weekday()]}")
        elif choice == 1:
            parts.append("BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1")
        elif choice == 2:
            parts.append(f"BYMONTHDAY={start.day},-1")
    if kind == "YEARLY" and rng.random() < 0.5:
        parts.append(f"BYMONTH={start.month},{start.month % 12 + 1};BYDAY={DAYS[start.weekday()]}")
    bound = rng.randrange(3)
    if bound == 0:
        parts.append(f"COUNT={rng.randrange(1, 60)}")
    elif bound == 1:
        local = start + dt.timedelta(days=rng.randrange(0, 500))
        parts.append(f"UNTIL={judge.to_utc(local):%Y%m%dT%H%M%S}Z")
    return ";".join(parts)


def given(rule, start, judge):
    """Local starts as the rule gives them."""
    until = re.search(r";UNTIL=(\d{8}T\d{6})Z", rule)
    naive = re.sub(r";UNTIL=\d{8}T\d{6}Z", "", rule)
    last = until and dt.datetime.strptime(until[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    end = dt.datetime.combine(TO, dt.time()) + dt.timedelta(days=3)
    found = []
    for local in rrule.rrulestr(naive, dtstart=start):
        if local > end:
            break
        if last and judge.to_utc(local) > last:
            break
        found.append(local)
    return found, last


def starts(rule, start, judge):
    """The same, with the first."""
    found, last = given(rule, start, judge)
    if start not in found:
        judge.hints.add("3.8.5.3 a first start that its rule does not give, undefined")
        count = re.search(r"COUNT=(\d+)", rule)
        if count and len(found) == int(count[1]):
            # dateutil counts only what the rule gives.
            judge.decided["3.3.10 and 3.8.5.3 COUNT counts a first start that its rule does not give"] += 1
            found.pop()
    if start not in found and not (last and judge.to_utc(start) > last):
        found.insert(0, start)
    return found


def made_up(rng, number, decided, hints):
    """A calendar, and the instants that it should show."""
    zone = Zone(rng, rng.choice(["Ours", "Europe/Berlin", "US-Eastern", "W. Europe Standard Time", "Custom 1"]))
    if zone.is_listed:
        hints.add("3.8.5.2 onsets of a zone that are listed")
    if any(after > 14 * 60 for _, _, _, after, _ in zone.parts):
        hints.add("3.3.14 an offset of more than 14 hours, which it wraps")
    judge = Judge(zone, zone.text(for_dateutil=True), decided, hints)
    start = dt.datetime(2026, 8, 1) + dt.timedelta(days=rng.randrange(200), hours=rng.randrange(24), minutes=rng.choice([0, 30]))
    if rng.random() < 0.25:
        # Many faults hide around the changes themselves.
        name, onset, before, after, _ = rng.choice(zone.parts)
        near = [at for at in changes(zone, judge) if 2026 <= at.year <= 2027]
        if near:
            start = rng.choice(near) + dt.timedelta(days=rng.choice([-7, -1, 0, 0]), minutes=rng.choice([-90, -30, 0, 30, 90]))
    lines = [f"DTSTART;TZID={zone.name}:{stamp(start)}", "DURATION:PT45M"]
    expected = [start]
    if rng.random() < 0.8:
        rule = rule_text(rng, start, judge)
        lines.append(f"RRULE:{rule}")
        expected = starts(rule, start, judge)
        if rng.random() < 0.2:
            # Of RFC 2445 (4.8.5.2), which some programs still write. One that counts would count what nobody agrees on.
            out_rule = re.sub(r";COUNT=\d+", "", rule_text(rng, start, judge))
            lines.append(f"EXRULE:{out_rule}")
            hints.add("RFC 2445 4.8.5.2 a rule of exceptions, which it leaves out")
            out = given(out_rule, start, judge)[0]
            expected = [at for at in expected if at not in out]
    if len(expected) > 2 and rng.random() < 0.5:
        out = rng.sample(expected, 2)
        lines.append(f"EXDATE;TZID={zone.name}:" + ",".join(map(stamp, out)))
        expected = [at for at in expected if at not in out]
    event = "\r\n".join(["BEGIN:VEVENT", f"UID:c{number}", f"SUMMARY:c{number}", *lines, "END:VEVENT"])
    text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//made up//EN\r\n{zone.text()}{event}\r\nEND:VCALENDAR\r\n"
    return text, sorted({judge.to_utc(at) for at in expected})


def changes(zone, judge):
    """Local times at which the zone changes."""
    found = []
    for _, start, before, _, more in zone.parts:
        for line in more:
            if line.startswith("RRULE:"):
                rule = rrule.rrulestr(local_until(line, before), dtstart=start)
                found += rule.between(dt.datetime(2026, 1, 1), dt.datetime(2028, 1, 1))
    return found


ICAL_JS = """
import fs from "node:fs";
import { createRequire } from "node:module";
const ICAL = createRequire(process.argv[1] + "/")("ical.js");
const module = ICAL.default ?? ICAL;
const { calendars, last } = JSON.parse(fs.readFileSync(0));
const starts = calendars.map((text) => {
  try {
    const calendar = new module.Component(module.parse(text));
    module.TimezoneService.reset();
    for (const zone of calendar.getAllSubcomponents("vtimezone")) {
      module.TimezoneService.register(new module.Timezone(zone));
    }
    const events = new module.Event(calendar.getFirstSubcomponent("vevent")).iterator();
    const found = [];
    for (let next = events.next(); next && found.length < 5000; next = events.next()) {
      const at = next.toUnixTime();
      if (at > last) break;
      found.push(at);
    }
    return found;
  } catch (error) {
    return String(error);
  }
});
process.stdout.write(JSON.stringify(starts));
"""


def by_ical_js(folder, texts):
    """The instants that ical.js gives for each calendar."""
    last = dt.datetime.combine(TO, dt.time(), UTC) + dt.timedelta(days=3)
    asked = json.dumps({"calendars": texts, "last": last.timestamp()})
    words = ["node", "--input-type=module", "-e", ICAL_JS, str(pathlib.Path(folder).resolve())]
    done = subprocess.run(words, input=asked, capture_output=True, text=True, check=True)
    answers = json.loads(done.stdout)
    return [
        answer if isinstance(answer, str) else {dt.datetime.fromtimestamp(at, UTC) for at in answer}
        for answer in answers
    ]


def why_otherwise(hints, theirs):
    """What of a calendar ical.js is known to take in another way than the RFC says."""
    if isinstance(theirs, str):
        return f"it refuses: {theirs[:60]}"
    return "; ".join(sorted(hints)) or "for no known reason"


def run(program, home, *words):
    words = [str(program), "--store", str(home / "store.db"), *map(str, words)]
    env = {"PATH": "/usr/bin:/bin", "HOME": str(home), "TZ": "UTC", "TABLESETTER_NOW": "2026-11-23T09:00:00+00:00"}
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    if done.returncode > 1:
        raise SystemExit(f"{' '.join(words)}\n{done.stderr}")
    return json.loads(done.stdout or "[]")


def shown(program, texts):
    """The instants that the program shows, by event."""
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        files = []
        for number, text in texts:
            files.append(home / f"{number}.ics")
            files[-1].write_text(text, encoding="utf-8", newline="")
        run(program, home, "--json", "import", "calendar", *files)
        found = run(program, home, "--json", "meeting", "list", "--from", FROM, "--to", TO)
    if any(meeting["left_out"] for meeting in found):
        raise SystemExit(f"not every meeting was shown: {found[0]['left_out']}")
    starts = {}
    for meeting in found:
        at = dt.datetime.fromisoformat(meeting["start"]).astimezone(UTC)
        starts.setdefault(meeting["uid"], set()).add(at)
    return starts


def in_window(instants, minutes=45):
    first = dt.datetime.combine(FROM, dt.time(), UTC)
    last = dt.datetime.combine(TO, dt.time(), UTC) + dt.timedelta(days=1)
    return {at for at in instants if at < last and (at + dt.timedelta(minutes=minutes) > first or at >= first)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default="target/debug/tablesetter")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ical-js", type=pathlib.Path)
    parser.add_argument("--list", action="store_true", help="print every calendar on which ical.js differs")
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    asked = parser.parse_args()
    rng, decided, wrong = random.Random(asked.seed), Counter(), 0
    otherwise = Counter()
    for first in range(0, asked.count, BATCH):
        numbers = range(first, min(first + BATCH, asked.count))
        hints = {number: set() for number in numbers}
        made = {number: made_up(rng, number, decided, hints[number]) for number in numbers}
        found = shown(asked.program, [(number, text) for number, (text, _) in made.items()])
        for number, (text, expected) in made.items():
            ours, theirs = found.get(f"c{number}", set()), in_window(expected)
            if ours != theirs:
                wrong += 1
                print(f"--- {number}: only ours {said(ours - theirs)}, only dateutil {said(theirs - ours)}\n{text}")
        if asked.ical_js:
            judged = by_ical_js(asked.ical_js, [text for text, _ in made.values()])
            for (number, (text, expected)), theirs in zip(made.items(), judged):
                ours = in_window(expected)
                seen = theirs if isinstance(theirs, str) else in_window(theirs)
                if seen != ours:
                    otherwise[why_otherwise(hints[number], seen)] += 1
                    if asked.list:
                        extra = seen if isinstance(seen, str) else said(seen - ours)
                        missing = "" if isinstance(seen, str) else said(ours - seen)
                        print(f"=== {number}: ical.js alone {extra}, missing there {missing}\n{text}")
    for file in asked.files:
        wrong += compare_file(asked.program, file)
    for why, count in sorted(decided.items()):
        print(f"decided by RFC 5545, {why}: {count}")
    for why, count in sorted(otherwise.items()):
        print(f"ical.js says otherwise, {why}: {count}")
    print(f"{asked.count} made up and {len(asked.files)} given calendars, {wrong} disagreements")
    return 1 if wrong else 0


def said(instants):
    return [at.isoformat() for at in sorted(instants)[:4]] or "none"


def compare_file(program, file):
    """Events of a file that stand in a zone which it describes, without what dateutil does not know: changes."""
    text = re.sub(r"\r?\n[ \t]", "", file.read_text(encoding="utf-8", errors="replace"))
    zones = re.findall(r"BEGIN:VTIMEZONE.*?END:VTIMEZONE\r?\n", text, re.S)
    if not zones:
        return 0
    try:
        known = tz.tzical(io.StringIO("".join(zones)))
    except ValueError as error:
        print(f"{file.name}: dateutil cannot read its zones ({error})")
        return 0
    wrong = 0
    blocks = re.findall(r"BEGIN:VEVENT.*?END:VEVENT", text, re.S)
    for block in blocks:
        found = re.search(r"^DTSTART;[^:\n]*?TZID=\"?([^:\"\n]+)\"?:(\d{8}T\d{6})\r?$", block, re.M)
        if not found or "RECURRENCE-ID" in block or found[1] not in known.keys():
            continue
        moved = dt.datetime.strptime(found[2], "%Y%m%dT%H%M%S").replace(tzinfo=known.get(found[1]))
        expected = moved.astimezone(UTC)
        alone = re.sub(r"^(RRULE|RDATE|EXDATE|UID|STATUS|TRANSP|X-[^:;]*)[;:].*\r?\n", "", block, flags=re.M)
        alone = alone.replace("END:VEVENT", "UID:only\r\nEND:VEVENT")
        alone = re.sub(r"^DTSTART", "SUMMARY:x\r\nDTSTART", re.sub(r"^SUMMARY.*\r?\n", "", alone, flags=re.M), flags=re.M)
        calendar = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{''.join(zones)}{alone}\r\nEND:VCALENDAR\r\n"
        ours = start_of(program, calendar, expected)
        if ours != expected:
            wrong += 1
            print(f"--- {file.name}: {found[0].strip()} is {ours} here and {expected} for dateutil")
    return wrong


def start_of(program, text, near):
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        (home / "one.ics").write_text(text, encoding="utf-8", newline="")
        run(program, home, "--json", "import", "calendar", home / "one.ics")
        days = [(near + dt.timedelta(days=days)).date() for days in (-3, 3)]
        found = run(program, home, "--json", "meeting", "list", "--from", days[0], "--to", days[1])
    starts = [dt.datetime.fromisoformat(meeting["start"]).astimezone(UTC) for meeting in found]
    return starts[0] if starts else None


if __name__ == "__main__":
    sys.exit(main())
