/** Who has logged in, as the token of GetAuthorizationToken says. */
export interface Token {
  readonly accessKeyId: string;
  readonly account: string;
  /** Undefined for the credentials of no role. */
  readonly roleArn?: string;
  /** Seconds since the epoch. */
  readonly expiration: number;
}

const isToken = (value: unknown): value is Token => {
  const { accessKeyId, account, expiration } = (value ?? {}) as Partial<Record<keyof Token, unknown>>;
  return typeof accessKeyId === "string" && typeof account === "string" && typeof expiration === "number";
};

/** The token in a header `Authorization: Basic …` of the user AWS; undefined if there is none that is valid now. */
export function tokenIn(authorization: string | undefined, now = Date.now()): Token | undefined {
  const [, basic = ""] = /^Basic (\S+)$/i.exec(authorization ?? "") ?? [];
  const [, password] = /^AWS:(.+)$/s.exec(Buffer.from(basic, "base64").toString()) ?? [];
  if (password === undefined) return undefined;
  try {
    const token: unknown = JSON.parse(Buffer.from(password, "base64").toString());
    return isToken(token) && token.expiration * 1000 > now ? token : undefined;
  } catch {
    return undefined;
  }
}
