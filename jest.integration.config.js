/** What needs the real Terraform and the real provider: minutes, not seconds. */
module.exports = {
  ...require("./jest.config.js"),
  testMatch: ["<rootDir>/__tests__/integration/**/*.test.ts"],
  testPathIgnorePatterns: [],
  testTimeout: 300_000,
  testSequencer: "<rootDir>/jest.sequencer.js",
};
