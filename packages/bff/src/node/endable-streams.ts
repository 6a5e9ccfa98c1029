/** Event streams under way, which would otherwise keep a server from closing for as long as a payout takes. */
export interface EndableStreams {
  /** Gives an event stream an end that `end` can bring about; other answers are left as they are. */
  watch(response: Response): Response;
  /** Ends all streams, those that come later too, as if they were over: readers come back elsewhere. */
  end(): void;
}

export function createEndableStreams(): EndableStreams {
  const open = new Set<() => void>();
  let ended = false;

  function follow(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
    const reader = body.getReader();
    // A pending read resolves as done when its reader is cancelled, and the source learns that nobody reads any more.
    const end = () => void reader.cancel().catch(() => undefined);
    open.add(end);
    if (ended) end();
    return new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          const { done, value } = await reader.read();
          if (!done) return controller.enqueue(value);
          open.delete(end);
          controller.close();
        },
        cancel(reason) {
          open.delete(end);
          return reader.cancel(reason);
        },
      },
      { highWaterMark: 0 },
    );
  }

  return {
    watch(response) {
      const type = response.headers.get('content-type') ?? '';
      if (!response.body || !type.startsWith('text/event-stream')) return response;
      return new Response(follow(response.body), response);
    },
    end() {
      ended = true;
      for (const end of open) end();
    },
  };
}
