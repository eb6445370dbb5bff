/** The value of an environment variable; one that is empty counts as not set. */
export const variable = (env: Readonly<Record<string, string | undefined>>, name: string) =>
  env[name] === "" ? undefined : env[name];
