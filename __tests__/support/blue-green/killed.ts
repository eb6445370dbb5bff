import type { Embedded } from "../../../src/local/reconcile/embedded";
import type { EmbeddedClients } from "../../../src/aws/embedded-clients";

const READS = /^(Describe|Get|List)/;

interface Client {
  send(command: object): Promise<unknown>;
}

/**
 * The embedded AWS of a controller that dies as soon as it has made a number of writes: the last one has happened,
 * and no call after it.
 */
export function killedAfter(embedded: Embedded, writes: number) {
  let made = 0;
  let die: () => void = () => undefined;
  const died = new Promise<void>((resolve) => {
    die = resolve;
  });
  const counted = async <T>(isWrite: boolean, call: () => Promise<T>): Promise<T> => {
    if (made >= writes) throw new Error("killed");
    if (isWrite) made += 1;
    const isLast = isWrite && made === writes;
    const answer = await call();
    if (!isLast) return answer;
    die();
    throw new Error("killed");
  };
  const wrapped = <C extends object>(client: C): C =>
    new Proxy(client, {
      get: (target, name) =>
        name === "send"
          ? (command: object) =>
              counted(!READS.test(command.constructor.name), () =>
                (target as unknown as Client).send(command),
              )
          : (Reflect.get(target, name) as unknown),
    });
  const clients = Object.create(embedded.clients) as EmbeddedClients;
  clients.asRole = (...args) => wrapped(embedded.clients.asRole(...args));
  clients.asService = (...args) => wrapped(embedded.clients.asService(...args));
  const documents = Object.create(embedded.documents) as Embedded["documents"];
  documents.write = (...args) => counted(true, () => embedded.documents.write(...args));
  documents.read = (...args) => counted(false, () => embedded.documents.read(...args));
  return { embedded: { ...embedded, clients, documents, say: () => undefined }, died };
}
