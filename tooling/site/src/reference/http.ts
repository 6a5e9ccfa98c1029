import { createBank131, generateKeyPair } from '@b131/api';
import { createBff, memoryStore } from '@b131/bff';
import * as z from 'zod';
import { cell, typeOf } from './schema-words.ts';

const schema = z.record(z.string(), z.json());
const content = z.record(
  z.string(),
  z.object({ schema, examples: z.record(z.string(), z.json()).optional() }),
);
const operation = z.object({
  tags: z.tuple([z.string()]),
  summary: z.string(),
  description: z.string().optional(),
  security: z.array(z.record(z.string(), z.json())),
  parameters: z
    .array(z.object({ name: z.string(), in: z.string(), required: z.boolean(), schema }))
    .optional(),
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string(), content: content.optional() })),
});
const openApi = z.object({
  info: z.object({ description: z.string() }),
  tags: z.array(z.object({ name: z.string(), description: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({
    schemas: z.record(z.string(), schema),
    securitySchemes: z.record(z.string(), z.object({ description: z.string() })),
  }),
});
type Operation = z.infer<typeof operation>;

/** `/openapi.json` of a BFF in which every route is open. */
export async function openApiDocument(): Promise<unknown> {
  const keys = await generateKeyPair();
  const secret = 'a-secret-of-thirty-two-characters';
  const bff = createBff({
    bank: createBank131({
      environment: { api: 'http://127.0.0.1:4131' },
      project: 'my_project',
      privateKey: keys.privateKey,
      bankPublicKeys: [keys.publicKey],
    }),
    store: memoryStore(),
    tickets: { keys: [{ algorithm: 'HS256', key: btoa(secret) }] },
    secret,
    origins: ['https://shop.example'],
    merchant: { keys: [secret] },
    operator: () => null,
    notify: { url: 'https://shop.example/notices', secret: `whsec_${btoa(secret)}` },
  });
  const response = await bff.app.request('/openapi.json');
  const document: unknown = await response.json();
  await bff.close();
  return document;
}

/** The OpenAPI document as a page. */
export function httpReference(document: unknown): string {
  const { info, tags, paths, components } = openApi.parse(document);
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, told]) => ({ path, method: method.toUpperCase(), told })),
  );
  const callers = tags.map(({ name, description }) => {
    const own = operations.filter(({ told }) => told.tags[0] === name);
    return `## ${description.replace(/\.$/, '')}\n\n${own.map((one) => route(one.method, one.path, one.told)).join('\n')}`;
  });
  const schemas = Object.entries(components.schemas).map(
    ([name, told]) => `### ${name}\n\n${schemaInWords(told)}`,
  );
  const ways = Object.entries(components.securitySchemes).map(
    ([name, { description }]) => `| \`${name}\` | ${cell(description)} |`,
  );
  return `# HTTP

${info.description}

The same as a document for generators of clients: [openapi.json](/openapi.json), and \`/openapi.json\` of
every BFF.

| authorised by | |
|---|---|
${ways.join('\n')}

${callers.join('\n')}
## Shapes

${schemas.join('\n')}`;
}

function route(method: string, path: string, told: Operation): string {
  const by = told.security.flatMap((way) => Object.keys(way)).map((name) => `\`${name}\``);
  const parts = [
    `### \`${method} ${path}\``,
    `${told.summary}. ${told.description ?? ''}`.trim(),
    `Authorised by: ${by.join(', ') || 'nothing'}.`,
  ];
  if (told.parameters) {
    const rows = told.parameters.map(
      ({ name, in: where, required, schema: shape }) =>
        `| \`${name}\` | ${where}${required ? '' : ', optional'} | ${typeOf(shape)} | ${aboutOf(shape)} |`,
    );
    parts.push(`| parameter | in | type | |\n|---|---|---|---|\n${rows.join('\n')}`);
  }
  for (const { schema: shape } of Object.values(told.requestBody?.content ?? {})) {
    parts.push(`Body: ${typeOf(shape)}.`, propertiesOf(shape));
  }
  const answers = Object.entries(told.responses).map(([status, { description, content: bodies = {} }]) => {
    const [type, body] = Object.entries(bodies)[0] ?? [];
    const shape = body === undefined || type === 'application/problem+json' ? '' : typeOf(body.schema);
    return `| ${status} | ${cell(description)} | ${shape} |`;
  });
  parts.push(`| answer | | body |\n|---|---|---|\n${answers.join('\n')}`);
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const objectSchema = z.object({
  properties: z.record(z.string(), schema),
  required: z.array(z.string()).default([]),
});

function propertiesOf(shape: z.infer<typeof schema>): string {
  const { success, data } = objectSchema.safeParse(shape);
  if (!success || Object.keys(data.properties).length === 0) return '';
  const rows = Object.entries(data.properties).map(
    ([name, told]) =>
      `| \`${name}\` | ${typeOf(told)}${data.required.includes(name) ? '' : ', optional'} | ${aboutOf(told)} |`,
  );
  return `| field | type | |\n|---|---|---|\n${rows.join('\n')}`;
}

function schemaInWords(shape: z.infer<typeof schema>): string {
  const about = aboutOf(shape);
  return `${[about, propertiesOf(shape) || typeOf(shape)].filter((part) => part !== '').join('\n\n')}\n`;
}

const aboutOf = (shape: z.infer<typeof schema>) =>
  typeof shape.description === 'string' ? cell(shape.description) : '';
