/** A permission that AWS refused. */
export interface Denial {
  /** The role or user, as an ARN. */
  readonly principal: string;
  readonly action: string;
  readonly resource?: string;
  /** What AWS names as the reason, such as `no identity-based policy allows the ecr:PutImage action`. */
  readonly because?: string;
}

const TEXT =
  /User: (?<principal>arn:[^\s,]+) is not authorized to perform: (?<action>[\w-]+:\w+)(?: on resource: (?<resource>\S+?)(?=[.,;]?(?:\s|$)))?(?: (?:because|with) (?<because>[^.\n]+))?/g;

/** The role of a session: `arn:aws:sts::1:assumed-role/name/session` is `arn:aws:iam::1:role/name`. */
export const roleOf = (principal: string) =>
  principal.replace(/^arn:(aws[\w-]*):sts::(\d+):assumed-role\/(.+)\/[^/]+$/, "arn:$1:iam::$2:role/$3");

/** The permissions that a text of AWS says were refused, each once. */
export function denialsIn(texts: readonly string[]): Denial[] {
  const found = texts
    .flatMap((text) => [...text.matchAll(TEXT)])
    .map(({ groups = {} }): Denial => {
      const { action = "", because, principal = "", resource } = groups as Record<string, string | undefined>;
      return { principal: roleOf(principal), action, resource, because };
    });
  return [
    ...new Map(found.map((one) => [`${one.principal} ${one.action} ${one.resource ?? ""}`, one])).values(),
  ];
}

/** The statement that would allow what was refused. */
export const statementOf = ({ action, resource = "*" }: Denial) =>
  JSON.stringify({ Effect: "Allow", Action: [action], Resource: [resource] });
