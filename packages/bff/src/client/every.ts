interface Page<Row> {
  rows: readonly Row[];
  next: string | null;
}

/** The rows of a list, page after page. */
export async function* every<Row, Q extends { cursor?: string | undefined }>(
  query: Q | undefined,
  read: (query: Q | { cursor: string } | undefined) => Promise<Page<Row>>,
): AsyncGenerator<Row> {
  for (let page = await read(query); ; ) {
    yield* page.rows;
    if (page.next === null) return;
    page = await read({ ...query, cursor: page.next });
  }
}
