// Types only: what stands here is for `import '@b131/element/jsx/react'` and its likes to find.
