/** Whether a version, such as `[1, 9]`, is older than another one. */
export const isOlder = (
  [major = 0, minor = 0]: readonly number[],
  [otherMajor = 0, otherMinor = 0]: readonly number[],
) => major < otherMajor || (major === otherMajor && minor < otherMinor);
