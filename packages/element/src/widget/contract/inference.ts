import type { WidgetContract } from './contract.js';

const noted = new WeakSet<Document>();

/** Says once per page that the contract in use rests on inference; `place`: where it is corrected. */
export function noteInference(contract: WidgetContract, document: Document, place: string): void {
  if (!contract.inferred || noted.has(document)) return;
  noted.add(document);
  console.info(
    `<b131-payout>: Bank 131 has not published the page of its tokenization widget; ${contract.script} and its names are inferred. Check them with the bank and correct them by the ${place} ("inferred: false" silences this note).`,
  );
}
