/**
 * The report of messages that claim to bring a token and come from where none can come. Any window can send them
 * as often as it likes, so one drawing reports once; what the message held is told to nobody.
 */
export function forgeryReport(tell: () => void): () => void {
  let told = false;
  return () => {
    if (told) return;
    told = true;
    console.warn(
      '<b131-payout> has ignored a message that claims to bring a token and is not the widget\u2019s.',
    );
    tell();
  };
}
