#!/bin/sh
# Posts comments/<stack>.md to the pull request PR of the repository GITHUB_REPOSITORY. A comment that was
# posted before is updated in place.
set -eu

for file in comments/*.md; do
  marker=$(head -n 1 "$file")
  export marker
  id=$(gh api --paginate "repos/$GITHUB_REPOSITORY/issues/$PR/comments" \
    --jq '.[] | select(.body | startswith(env.marker)) | .id' | head -n 1)
  if [ -n "$id" ]; then
    gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" --field "body=@$file"
  else
    gh api --silent --method POST "repos/$GITHUB_REPOSITORY/issues/$PR/comments" --field "body=@$file"
  fi
done
