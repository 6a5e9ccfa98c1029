/**
 * Measures everybody in every round, in turn and from both ends: what the machine does beside hits all of them alike, and
 * nobody is always the first.
 */
export async function interleave<T, R>(
  subjects: readonly T[],
  rounds: number,
  measure: (subject: T, round: number) => Promise<R>,
): Promise<Map<T, R[]>> {
  const results = new Map<T, R[]>(subjects.map((subject) => [subject, []]));
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? subjects : subjects.toReversed();
    for (const subject of order) results.get(subject)?.push(await measure(subject, round));
  }
  return results;
}
