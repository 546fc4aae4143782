"""What Debian's own data says, read anew: the second opinion of DebianVerdictsTest.

Arguments: the folder of the unpacked feeds, then code names of releases. Prints, for every source package that the data names in a release and for versions
around each fix, the line `codename source version` and behind it the CVEs that affect it. Versions are compared by dpkg.
"""
import functools
import glob
import json
import re
import subprocess
import sys
import zlib

FEEDS, RELEASES = sys.argv[1], sys.argv[2:]
ADVISORY, TRACKER = {}, {}


@functools.lru_cache(None)
def before(left, right):
    return subprocess.run(["dpkg", "--compare-versions", left, "lt", right]).returncode == 0


for path in glob.glob(FEEDS + "/debian-dsa/**/list", recursive=True):
    cves = []
    for line in open(path, encoding="utf-8"):
        if line.startswith("["):
            cves = []
        elif found := re.match(r"\s+\{(.*)\}", line):
            cves = found[1].split()
        elif found := re.match(r"\s+\[(\w+)\] - (\S+) (\S+)", line):
            for cve in cves:
                ADVISORY.setdefault((cve, found[1], found[2]), []).append(found[3])
for path in glob.glob(FEEDS + "/slice-debian/**/tracker/D?A/*.json", recursive=True):
    annotations = json.load(open(path, encoding="utf-8"))["Annotations"]
    for cve in [bug for each in annotations for bug in each.get("Bugs", [])]:
        for each in annotations:
            if each.get("Kind") == "fixed" and each.get("Release"):
                ADVISORY.setdefault((cve, each["Release"], each["Package"]), []).append(each["Version"])
for path in glob.glob(FEEDS + "/slice-debian/**/tracker/CVE/*/*.json", recursive=True):
    record = json.load(open(path, encoding="utf-8"))
    for each in record["Annotations"]:
        if each.get("Type") == "package":
            TRACKER.setdefault((record["Header"]["ID"], each["Package"]), {})[each.get("Release", "")] = each


def affected(cve, release, source, version):
    lines = TRACKER.get((cve, source), {})
    own, unstable = lines.get(release), lines.get("")
    fixes = ADVISORY.get((cve, release, source), [])
    if own and own["Kind"] == "not-affected" or "<not-affected>" in fixes:
        return False
    versions = [own["Version"]] if own and own["Kind"] == "fixed" else [each for each in fixes if not each.startswith("<")]
    if versions:
        return any(before(version, each) for each in versions)
    if not own and not unstable:
        return bool(fixes)
    if not own and unstable["Kind"] == "not-affected":
        return False
    if unstable and unstable["Kind"] == "fixed":
        return before(version, unstable["Version"])
    return True


for release in RELEASES:
    by_source = {}
    for cve, source in list(TRACKER) + [(cve, source) for cve, where, source in ADVISORY if where == release]:
        by_source.setdefault(source, set()).add(cve)
    tracked = {source for _, source in TRACKER}
    for source, cves in sorted(by_source.items()):
        if source not in tracked and zlib.crc32(source.encode()) % 10:
            continue  # a tenth of the advisories' packages does: dpkg is a process for each question
        versions = {"0"}
        for cve in cves:
            lines = TRACKER.get((cve, source), {})
            fixes = [each["Version"] for each in (lines.get(release), lines.get("")) if each and each["Kind"] == "fixed"]
            for fix in fixes + [each for each in ADVISORY.get((cve, release, source), []) if not each.startswith("<")]:
                versions |= {fix, fix + "~", fix + "+b1"}
        for version in sorted(versions):
            hits = sorted(cve for cve in cves if cve.startswith("CVE-") and affected(cve, release, source, version))
            print(release, source, version, *hits)
