const { availableParallelism } = require("node:os");

/** What needs the real Terraform and the real provider: minutes, not seconds. */
module.exports = {
  ...require("./jest.config.js"),
  testMatch: ["<rootDir>/__tests__/integration/**/*.test.ts"],
  testPathIgnorePatterns: [],
  testTimeout: 300_000,
  // Some of it waits for timers of the embedded AWS.
  maxWorkers: availableParallelism() + 1,
  testSequencer: "<rootDir>/jest.sequencer.js",
};
