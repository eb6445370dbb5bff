import { commitIn, promotedTag } from "../../../src/operate/read/images";

const DIGEST = `sha256:${"ab".repeat(32)}`;

describe("the commit in an image's tags", () => {
  it.each<[string[], string | undefined]>([
    [["39b4231f-12"], "39b4231f"],
    [["latest", "39b4231f-12"], "39b4231f"],
    [[promotedTag(DIGEST, "39b4231f")], "39b4231f"],
    [[promotedTag(DIGEST, undefined)], undefined],
    [["39b4231f-beta"], undefined],
    [["39b4231f-abc"], undefined],
    [["v1"], undefined],
    [[], undefined],
  ])("%j: %s", (imageTags, commit) => {
    expect(commitIn({ imageTags })).toBe(commit);
  });
});
