import type { InitValues } from "./options";

/** A scalar that YAML reads as this text, whatever it holds. */
const text = (value: string) =>
  /^[a-z][\w.-]*$/i.test(value) && !/^(true|false|null)$/i.test(value) ? value : JSON.stringify(value);

const path = (value: string) => (/^\/[\w./-]*$/.test(value) ? value : text(value));

const number = (value: string) => (/^\d+$/.test(value) ? value : text(value));

/** By name: an environment that is called shared must be a fault of its name, not a key that exists twice. */
const accounts = ({ sharedAccount, environment, account }: InitValues) =>
  [...new Map([["shared", sharedAccount]]).set(environment, account)]
    .map(([name, id]) => `  ${text(name)}: { id: ${text(id)} }`)
    .join("\n");

/** The text of `codeseries.yaml`. */
export const configurationFile = (values: InitValues) =>
  `# yaml-language-server: $schema=./node_modules/codeseries/codeseries.schema.json

organization: ${text(values.organization)} # the first part of every physical name
region: ${text(values.region)}

state:
  bucket: ${text(values.stateBucket)} # codeseries bootstrap creates it in the shared account

accounts: # shared: source, build, pipeline; the others: containers, deployment
${accounts(values)}

environments:
  ${text(values.environment)}:
    branch: ${text(values.branch)} # a push to it is delivered here
    cluster: main
    protect: false # true: deletion protection, for an environment that users depend on
    network:
      cidr: 10.10.0.0/16

services:
  ${text(values.service)}:
    source: { repository: ${text(values.repository)} } # or connection: { arn, repository } for GitHub and others
    port: ${number(values.port)}
    path: ${path(values.path)}
    healthCheckPath: ${path(values.healthCheckPath)}
`;
