/** Whole systems deployed into embedded AWSs, one a file, all at the same time, because most of it is waiting. */
module.exports = {
  ...require("./jest.config.js"),
  testMatch: ["<rootDir>/__tests__/embedded/**/*.test.ts"],
  testPathIgnorePatterns: [],
  testTimeout: 900_000,
  maxWorkers: 3,
};
