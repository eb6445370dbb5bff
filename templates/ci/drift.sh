#!/bin/sh
# Reviews the plans of all stacks and says nothing if they have no changes. What a release or scaling changed is
# no difference. Otherwise it writes drift.md and exits with 1.
set -eu

status=0
npx codeseries review --json > review.json || status=$?
case $status in
  0 | 3 | 4) ;;
  *) exit "$status" ;;
esac

stacks=$(jq --raw-output '.stacks[] | select(any(.changes[]; .verdict != "expected")) | .name' review.json)
if [ -z "$stacks" ]; then exit 0; fi
set --
for stack in $stacks; do set -- "$@" --plan "$stack=cdktf.out/review/$stack.json"; done
npx codeseries review "$@" --markdown > drift.md || test $? -eq 3
cat drift.md
exit 1
