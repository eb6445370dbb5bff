import type { Service } from "./parts";

/** A CodeCommit repository, with the services that are built from it, in the order of the configuration. */
export interface Repository {
  readonly name: string;
  readonly developerPolicy: string;
  readonly services: readonly [Service, ...Service[]];
}

/** The CodeCommit repositories of some services, each once. A service behind a connection has none. */
export function repositoriesOf(services: readonly Service[]): Repository[] {
  const repositories = new Map<string, Repository>();
  for (const service of services.filter(({ source }) => source.connection === undefined)) {
    const { developerPolicy, repository: name } = service.names;
    const before = repositories.get(name);
    repositories.set(name, {
      name,
      developerPolicy,
      services: before ? [...before.services, service] : [service],
    });
  }
  return [...repositories.values()];
}
