import { fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import type { AwsCredentialIdentityProvider } from "@aws-sdk/types";
import { assumedRoleArn } from "../system/arns";
import { TIMEOUTS } from "./client-settings";
import { recordCalls, type Call, type Recorded } from "./recorded-calls";
import { untilExpiry } from "./until-expiry";

interface ClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: AwsCredentialIdentityProvider;
  readonly requestHandler: typeof TIMEOUTS;
}

/** The constructor of an SDK client, such as `ECSClient`. */
export type ClientClass<Client> = new (settings: ClientSettings) => Client;

/** Where a service works. */
export interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** A role that a service of AWS assumes, or that another role assumes, as CodePipeline does for an action. */
export interface AssumedRole {
  readonly roleArn: string;
  /** The role that assumes it. @default - the service itself */
  readonly through?: string;
  readonly sessionName: string;
}

/** moto accepts any key, as one of its default account. */
const DEFAULT_CREDENTIALS = { accessKeyId: "test", secretAccessKey: "test" };

/** Clients of the embedded AWS, one for each kind of client and identity, with the credentials of that identity. */
export class EmbeddedClients {
  private readonly clients = new Map<string, unknown>();
  private readonly credentials = new Map<string, AwsCredentialIdentityProvider>();

  /**
   * @param serviceRole The role that stands for a service of AWS; it does not have to exist.
   * @param onCall Receives each call that a role of the system makes.
   */
  constructor(
    private readonly endpoint: string,
    private readonly serviceRole: string,
    private readonly onCall: (call: Call) => void,
  ) {}

  /** A client of the service itself: it may do everything in the account. */
  public asService<Client extends object>(Class: ClientClass<Client>, { accountId, region }: Place): Client {
    return this.clientOf(Class, region, [assumedRoleArn(accountId, this.serviceRole)], "service");
  }

  /** A client with the credentials of a role of the system. Its calls are recorded. */
  public asRole<Client extends Recorded>(
    Class: ClientClass<Client>,
    role: AssumedRole,
    region: string,
  ): Client {
    return this.clientOf(Class, region, chainOf(role), role.sessionName, (client: Client) => {
      recordCalls(client, role.roleArn, this.onCall);
    });
  }

  /** The credentials of a role, for a program such as a build's commands. */
  public credentialsOf(role: AssumedRole, region: string): AwsCredentialIdentityProvider {
    return this.credentialsAlong(chainOf(role), role.sessionName, region);
  }

  private clientOf<Client extends object>(
    Class: ClientClass<Client>,
    region: string,
    chain: readonly string[],
    sessionName: string,
    prepare: (client: Client) => void = () => undefined,
  ): Client {
    const key = [Class.name, region, ...chain, sessionName].join(" ");
    const existing = this.clients.get(key) as Client | undefined;
    if (existing) return existing;
    const credentials = this.credentialsAlong(chain, sessionName, region);
    const client = new Class({ endpoint: this.endpoint, region, credentials, requestHandler: TIMEOUTS });
    prepare(client);
    this.clients.set(key, client);
    return client;
  }

  private credentialsAlong(chain: readonly string[], sessionName: string, region: string) {
    const key = [region, ...chain, sessionName].join(" ");
    const existing = this.credentials.get(key);
    if (existing) return existing;
    const [last = "", ...before] = [...chain].reverse();
    const masterCredentials: AwsCredentialIdentityProvider =
      before.length === 0
        ? () => Promise.resolve(DEFAULT_CREDENTIALS)
        : this.credentialsAlong(before.reverse(), sessionName, region);
    const credentials = fromTemporaryCredentials({
      masterCredentials,
      params: { RoleArn: last, RoleSessionName: sessionName },
      clientConfig: { endpoint: this.endpoint, region, requestHandler: TIMEOUTS },
    });
    // The provider itself asks again and again: what it gives is kept until it is about to expire.
    const kept = untilExpiry(credentials);
    this.credentials.set(key, kept);
    return kept;
  }
}

const chainOf = ({ roleArn, through }: AssumedRole) =>
  through === undefined ? [roleArn] : [through, roleArn];
