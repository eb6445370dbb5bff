#!/bin/sh
# Reviews the plans of all stacks, and writes one comment for each stack to comments/<stack>.md,
# the page to review.html and the result to review.json.
#
# Usage: sh plan.sh <github|codecommit>
# Exits with the code of codeseries review: 0 safe or to be looked at, 3 dangerous, 4 incomplete.
set -eu

host=$1
status=0
npx codeseries review --json --html review.html > review.json || status=$?
case $status in
  0 | 3 | 4) ;;
  *) exit "$status" ;;
esac

rm -rf comments
mkdir comments
jq --raw-output '.stacks[].name' review.json | while read -r stack; do
  {
    echo "<!-- codeseries $stack -->"
    npx codeseries review --plan "$stack=cdktf.out/review/$stack.json" --markdown "$host" || test $? -eq 3
  } > "comments/$stack.md"
done
exit "$status"
