#!/bin/sh
# The tests as everybody runs them: with variables set to odd values, in zones at both ends of the world and half an hour
# off, on another day, and as a user whom permissions hold back. To be run by hand, from anywhere; as root, or the
# last part is skipped. Words given are passed on to the test programs, as a filter.
set -u
cd "$(dirname "$0")/../.." || exit 1
cargo test --no-run --locked || exit 1
programs=$(cargo test --no-run --locked 2>&1 | sed -n 's/.*Executable.*(\(.*\)).*/\1/p')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# Says what is run, runs every test program by the command given, and keeps the counts.
run() {
    name=$1
    shift
    for program in $programs; do
        "$@" "$program" $filter >"$work/out" 2>&1 || failed=1
        grep -h '^test .* FAILED$\|skipped:\|^test result' "$work/out" | sed "s|^|$name: ${program##*/}: |"
    done
}
filter=$*

odd="VISUAL=no-such-editor EDITOR=false PAGER=no-such-pager LESS=--nonsense LESSOPEN=|false COLUMNS=7 LINES=3 NO_COLOR=1
    CLICOLOR_FORCE=1 TERM=dumb LANG=tr_TR.UTF-8 LC_ALL=tr_TR.UTF-8 TABLESETTER_STORE=/no/such/store.db
    TABLESETTER_CONFIG=/no/such/config.toml TABLESETTER_NOW=2001-01-01T00:00:00Z DISPLAY=:9 SSH_CONNECTION=x
    XDG_CONFIG_HOME=/no/such XDG_DATA_HOME=/no/such HOME=/no/such"
# Words that are meant to be parted.
run "odd variables" env $odd
for zone in Pacific/Kiritimati America/St_Johns UTC; do
    run "$zone" env TZ="$zone"
done

if command -v cc >/dev/null; then
    # Another day: the system's clock says what a variable adds, for programs that ask the C library.
    cat >"$work/day.c" <<'C'
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
int clock_gettime(clockid_t clock, struct timespec *time) {
    int result = (int)syscall(SYS_clock_gettime, clock, time);
    const char *later = getenv("LATER");
    if (result == 0 && later && clock == CLOCK_REALTIME) time->tv_sec += atol(later);
    return result;
}
C
    cc -shared -fPIC -o "$work/day.so" "$work/day.c" || exit 1
    # A leap day, the last day of a year, and a Sunday on which clocks change.
    now=$(date +%s)
    for day in 2028-02-29T12:00:00 2026-12-31T23:30:00 2027-03-28T00:59:00; do
        run "$day" env LD_PRELOAD="$work/day.so" LATER=$(($(date -u -d "$day" +%s) - now))
    done
else
    echo "skipped: no C compiler, so the tests are not run on another day"
fi

if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
    mkdir "$work/home"
    chmod 755 "$work"
    chown 65534:65534 "$work/home"
    run "another user" env HOME="$work/home" TMPDIR="$work/home" \
        setpriv --reuid=65534 --regid=65534 --clear-groups
else
    echo "skipped: only root can run the tests as another user"
fi
exit $failed
