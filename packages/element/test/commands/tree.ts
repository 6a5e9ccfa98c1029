import type { TestRunnerPlugin } from '@web/test-runner';
import type { SerializedAXNode } from 'puppeteer-core';
import { pageOf } from './page.ts';

/** The accessibility tree below an element as lines of text: role, name, and what else is told of each node. */
export function tree(): TestRunnerPlugin {
  return {
    name: 'tree',
    async executeCommand({ command, payload, session }) {
      if (command !== 'tree') return undefined;
      const page = pageOf(session);
      const root = await page.$(String(payload));
      if (root === null) throw new Error(`Nothing matches ${payload}`);
      const snapshot = await page.accessibility.snapshot({ root, interestingOnly: false });
      await root.dispose();
      return { text: snapshot === null ? '' : lines(snapshot, '').join('\n') };
    },
  };
}

const unsaid = new Set(['none', 'generic', 'InlineTextBox', 'ListMarker']);
const told = ['description', 'disabled', 'busy', 'focused', 'expanded', 'roledescription'];

function lines(node: SerializedAXNode, indent: string): readonly string[] {
  const { role, name } = node;
  const children = said(node.children ?? []);
  // An element that holds one text is one line.
  const text = children.length === 1 && children[0]?.role === 'StaticText' ? (children[0].name ?? '') : '';
  const words = name || text;
  const more = Object.entries(node)
    .filter(([key, value]) => told.includes(key) && value)
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  const level = role === 'heading' ? [`level=${node.level}`] : [];
  const line = [role, ...(words ? [JSON.stringify(words)] : []), ...level, ...more].join(' ');
  const below = text !== '' && text === words ? [] : children;
  return [indent + line, ...below.flatMap((child) => lines(child, `${indent}  `))];
}

/** Nodes that are only there for their children are passed over. */
function said(nodes: readonly SerializedAXNode[]): readonly SerializedAXNode[] {
  return nodes.flatMap((node) => (unsaid.has(node.role) ? said(node.children ?? []) : [node]));
}
