#!/usr/bin/env python3
"""Lets LibreOffice open the tables that Tablesetter exports, and Tablesetter take in what LibreOffice writes.

    tests/oracle/spreadsheet.py [--program target/debug/tablesetter] [--requests 200] [--seed 1]

A made-up store, with requests whose words a spreadsheet likes to change (formulas, leading zeros, long numbers, line
breaks, umlauts), goes out as CSV. A headless LibreOffice reads it with quoted fields as text and writes it as CSV and
as a workbook; every cell has to be the one that went out, and both files have to come in again as requests with the
same titles, tiers, rounds and days. Skipped, in words, where there is no LibreOffice.
"""

import argparse
import csv
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

WORDS = ["=1+1", "007", "12345678901234567890", "12e5", "-5 %", "two\nlines", "Größe “L”", 'a "quote"; and, more', "'tis", "1/2"]
# Comma, double quote, UTF-8, first line 1, no column types, English, quoted fields as text, numbers not looked for.
READ = "CSV:44,34,76,1,,1033,true,false"
WRITE = "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,true,true"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--program", default="target/debug/tablesetter")
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        print("skipped: LibreOffice is not installed (libreoffice-calc)")
        return 0
    program = pathlib.Path(arguments.program).resolve()
    with tempfile.TemporaryDirectory() as name:
        return compare(program, office, pathlib.Path(name), arguments)


def compare(program, office, folder, arguments):
    def tablesetter(store, *words):
        command = [program, "--store", folder / store, "--config", folder / "config.toml", *map(str, words)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{' '.join(map(str, words))}: {done.stderr}")
        return done.stdout

    def convert(source, to, into):
        subprocess.run(
            [office, "--headless", f"-env:UserInstallation=file://{folder}/profile", f"--infilter={READ}",
             "--convert-to", to, "--outdir", into, source],
            check=True, capture_output=True,
        )

    tablesetter("sample.db", "sample", folder / "made.db", "--requests", arguments.requests, "--people", 6,
                "--meetings", 5, "--seed", arguments.seed)
    for number, words in enumerate(WORDS):
        tablesetter("made.db", "add", f"Odd {number}")
        key = json.loads(tablesetter("made.db", "list", "--json", "--limit", 0, f"Odd {number}"))[0]["key"]
        tablesetter("made.db", "edit", key, f"notes:\"{words.replace(chr(34), '”')}\"")
    table = folder / "requests.csv"
    tablesetter("made.db", "export", "requests", "--output", table)
    before = list(csv.reader(table.open(encoding="utf-8-sig", newline="")))
    faults = 0
    (folder / "out").mkdir()
    convert(table, WRITE, folder / "out")
    after = list(csv.reader((folder / "out/requests.csv").open(encoding="utf-8-sig", newline="")))
    for line, (old, new) in enumerate(zip(before, after), 1):
        for column, one, other in zip(before[0], old, new):
            # A figure of ours may lose the zeros at its end.
            if one != other and not (column == "Score" and float(one) == float(other)):
                faults += 1
                print(f"line {line}, {column}: {one!r} became {other!r}")
    if len(before) != len(after):
        faults += 1
        print(f"{len(before)} rows became {len(after)}")
    convert(table, "xlsx", folder / "out")
    shape = lambda store: sorted(
        tuple(json.dumps(row[name]) for name in ["title", "notes", "tier", "rounds", "due", "first_agreed_due", "value"])
        for row in json.loads(tablesetter(store, "list", "stage:any", "--json", "--limit", 0))
    )
    wanted = shape("made.db")
    for number, file in enumerate([table, folder / "out/requests.csv", folder / "out/requests.xlsx"]):
        tablesetter(f"{number}.db", "import", "requests", file)
        found = shape(f"{number}.db")
        differ = [(one, other) for one, other in zip(wanted, found) if one != other]
        faults += len(differ) + abs(len(wanted) - len(found))
        for one, other in differ[:5]:
            print(f"{file.name}: {one} came in as {other}")
        print(f"{file.name}: {len(found)} requests came in, {len(differ)} otherwise than they went out")
    print(f"{len(before) - 1} rows, {len(before[0])} columns, {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
