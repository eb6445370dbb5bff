const { default: Sequencer } = require("@jest/test-sequencer");

/**
 * Files that take longest. On a new machine Jest knows no times and begins with the largest files; a short file that
 * takes minutes would then run last, and alone.
 */
const LONGEST = [
  "embedded-aws",
  "package",
  "refusals",
  "permissions-mutations",
  "public-systems",
  "local/codedeploy-restart",
  "permissions-deployed",
  "systems/sources",
  "builds/seed-buildspec",
].map((name) => `/integration/${name}.test.ts`);

module.exports = class extends Sequencer {
  sort(tests) {
    const isLong = ({ path }) => LONGEST.some((end) => path.endsWith(end));
    const sorted = super.sort(tests);
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
};
