#!/bin/sh
# Posts comments/<stack>.md to the pull request PR of the CodeCommit repository REPOSITORY, between the commits
# BEFORE and AFTER. A comment that was posted before is updated in place.
set -eu

for file in comments/*.md; do
  marker=$(head -n 1 "$file")
  id=$(aws codecommit get-comments-for-pull-request --pull-request-id "$PR" --output json |
    jq --raw-output --arg marker "$marker" \
      '[.commentsForPullRequestData[].comments[] | select(.content // "" | startswith($marker))][0].commentId // ""')
  if [ -n "$id" ]; then
    aws codecommit update-comment --comment-id "$id" --content "file://$file" > /dev/null
  else
    aws codecommit post-comment-for-pull-request --pull-request-id "$PR" --repository-name "$REPOSITORY" \
      --before-commit-id "$BEFORE" --after-commit-id "$AFTER" --content "file://$file" > /dev/null
  fi
done
