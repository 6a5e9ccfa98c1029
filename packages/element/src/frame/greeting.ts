const mark = 'b131-frame';

/** `hello`: the frame is there; holds nothing. `welcome`: the page answers, with one end of a channel of their own. */
export type Greeting = 'hello' | 'welcome';

/** A greeting as a window message. */
export function greeting(word: Greeting): object {
  return { [mark]: word };
}

/** Whether a window message is, or claims to be, a greeting. */
export function isGreeting(data: unknown, word: Greeting): boolean {
  return typeof data === 'object' && data !== null && Reflect.get(data, mark) === word;
}
