/** Turns what happened into a story: cash-outs and attempts, each told by the bank's seven steps. Pure. */
import type { BffHappening, Happening } from './happenings.ts';
import type { Draft, Line } from './line.ts';
import { createStage, type Round, type Scene } from './scene.ts';
import { tellBank } from './tell-bank.ts';
import { tellBff } from './tell-bff.ts';
import { tellPage } from './tell-page.ts';

type BankCall = Extract<BffHappening, { type: 'bank.called' }>;

export function tellStory(happenings: readonly Happening[]): Round[] {
  const stage = createStage();
  const calls = createPairing();
  /** What the page shows; it hears of versions that change nothing to see, too. */
  let shown = '';

  for (const happening of happenings) {
    if (stage.advance(happening)) {
      calls.forget();
      shown = '';
    }
    const { source, event } = happening;
    if (source === 'bff' && event.type === 'bank.called' && calls.join(event, happening.at)) continue;
    if (source === 'page' && event.type === 'b131-status') {
      if (event.status === shown) continue;
      shown = event.status;
    }
    const draft = draftOf(happening, stage);
    if (!draft) continue;
    const line = addTo(stage.round, happening, draft);
    if (source === 'bank' && event.kind === 'request') calls.await(event.method, line);
  }
  for (const { lines } of stage.rounds) lines.sort((one, other) => one.at - other.at);
  return stage.rounds;
}

function draftOf({ source, event }: Happening, scene: Scene): Draft | null {
  if (source === 'bank') return tellBank(event, scene);
  return source === 'bff' ? tellBff(event, scene) : tellPage(event, scene);
}

function addTo(round: Round, { source, id, at }: Happening, draft: Draft): Line {
  const line: Line = {
    values: {},
    detail: '',
    tone: 'plain',
    ...draft,
    key: `${source}:${id}`,
    at,
    times: 1,
  };
  if (line.step > round.reached) round.reached = line.step;
  const last = round.lines.findLast(({ step }) => step === line.step);
  if (last?.tone === 'minor' && line.tone === 'minor' && isSame(last, line)) {
    last.times += 1;
    return last;
  }
  round.lines.push(line);
  return line;
}

function isSame(one: Line, other: Line): boolean {
  return one.route === other.route && one.sentence === other.sentence && bare(one) === bare(other);
}

/** Without how long it took. */
const bare = ({ detail }: Line): string => detail.replace(/, \d+ ms$/, '');

/** The same call is told from both ends: the bank says what it answered, the BFF when it began and how long it took. */
function createPairing() {
  const waiting = new Map<string, Line[]>();
  return {
    await(method: string, line: Line): void {
      waiting.set(method, [...(waiting.get(method) ?? []), line]);
    },
    /** False when the BFF has something to add: it did not hear what the bank said. */
    join({ method, outcome, code, durationMs }: BankCall, endedAt: number): boolean {
      const line = waiting.get(method)?.shift();
      if (outcome === 'error') return code !== null && line?.detail.includes(code) === true;
      if (line?.times === 1) {
        line.detail += `, ${durationMs} ms`;
        line.at = Math.min(line.at, endedAt - durationMs);
      }
      return true;
    },
    forget: () => waiting.clear(),
  };
}
