/** Names of errors by which AWS says that what a call names does not exist. */
const ABSENT =
  /NotFound(Exception|ForTaskException)?$|DoesNotExist(Exception)?$|^(InvalidDeploymentIdException|DeploymentNotStartedException|PipelineExecutionNotFoundException)$/;

/** The answer of AWS, or undefined if it says that there is no such thing. */
export const ifPresent = <Found>(work: Promise<Found>): Promise<Found | undefined> =>
  work.catch((error: unknown) => {
    if (error instanceof Error && ABSENT.test(error.name)) return undefined;
    throw error;
  });

/** The pieces of a list that one call takes. */
export const pieces = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );

/** Everything in the pages of a paginator. */
export async function allOf<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...(itemsOf(page) ?? []));
  return items;
}
