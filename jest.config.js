/** The unit suite: no Terraform, no network. the other `jest.*.config.js` hold the rest. */
module.exports = {
  testEnvironment: "node",
  runtime: "<rootDir>/jest.runtime.js",
  // The default leaves one core idle: half the speed on a machine of two.
  maxWorkers: "100%",
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  testPathIgnorePatterns: ["<rootDir>/__tests__/(integration|embedded)/"],
  moduleNameMapper: {
    "^archiver$": "<rootDir>/__tests__/support/no-archiver.ts",
    "^@cloud-copilot/iam-utils$": "<rootDir>/__tests__/support/memoized-iam-utils.ts",
  },
  // A machine with more to do than it has cores can need many times the second that a test takes.
  testTimeout: 60_000,
  setupFilesAfterEnv: ["<rootDir>/setup.js"],
  transform: {
    "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } } }],
  },
};
