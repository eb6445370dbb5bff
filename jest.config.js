/** The unit suite: no Terraform, no network. the other `jest.*.config.js` hold the rest. */
module.exports = {
  testEnvironment: "node",
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  testPathIgnorePatterns: ["<rootDir>/__tests__/(integration|embedded)/"],
  setupFilesAfterEnv: ["<rootDir>/setup.js"],
  transform: {
    "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } } }],
  },
};
