import type { Charge, File, Finding } from './judge.ts';

/** How a world ended. */
export interface Verdict {
  payouts: number;
  kills: number;
  faults: number;
  findings: readonly Finding[];
  /** What the store knows of each reference, for the details. */
  files: ReadonlyMap<string, File>;
}

const charges: readonly Charge[] = ['paid_twice', 'lost', 'wrong', 'stuck'];

/** The last line: counts references (or other things), each once for each charge. */
export function lastLine({ payouts, kills, faults, findings }: Verdict): string {
  const counts = charges.map((charge) => {
    const about = new Set(findings.filter((one) => one.charge === charge).map((one) => one.about));
    return `${charge}=${about.size}`;
  });
  return `worlds=1 payouts=${payouts} kills=${kills} faults=${faults} ${counts.join(' ')}`;
}

const mostDetails = 10;

/** What was found, with the life of the payouts it was found at. */
export function details({ findings, files }: Verdict): string[] {
  const abouts = [...new Set(findings.map(({ about }) => about))];
  const shown = abouts
    .slice(0, mostDetails)
    .flatMap((about) => [
      '',
      about,
      ...findings.filter((one) => one.about === about).map(({ charge, what }) => `  ${charge}: ${what}`),
      ...lifeOf(files.get(about)),
    ]);
  const more = abouts.length - mostDetails;
  return more > 0 ? [...shown, '', `and ${more} more`] : shown;
}

function lifeOf(file: File | undefined): string[] {
  if (!file) return [];
  const { payout, attempts, journal } = file;
  const due = payout.dueAt === null ? 'never' : new Date(payout.dueAt).toISOString();
  return [
    `  ${payout.id} ${payout.status} version ${payout.version}, due ${due}`,
    ...attempts.map((attempt) => `  attempt ${JSON.stringify(attempt)}`),
    ...journal.map(
      ({ version, at, kind, attempt, from, to, data }) =>
        `  ${version} ${new Date(at).toISOString()} ${kind} (attempt ${attempt}) ${from} → ${to} ${JSON.stringify(data)}`,
    ),
  ];
}
