// A whole Bluesky network in one process: directory, server (PDS), app view, moderation.
// Prints one line of JSON when it is ready, obeys POST requests to `control`, and ends with its input.
import http from 'node:http'
import { once } from 'node:events'
import { Secp256k1Keypair } from '@atproto/crypto'
import * as plc from '@did-plc/lib'
import { SignJWT } from 'jose'

// What the server would fetch from the internet about OAuth clients; see the deed `client`.
const clients = {}
const reach = globalThis.fetch
globalThis.fetch = async (what, how) => {
  const address = String(what?.url ?? what)
  if (!(address in clients)) return reach(what, how)
  const headers = { 'content-type': 'application/json' }
  return new Response(JSON.stringify(clients[address]), { headers })
}
const { TestNetwork } = await import('@atproto/dev-env')

// Milliseconds; 5,000 as it comes, which a busy machine exceeds.
const PATIENCE = 500_000
const ports = JSON.parse(process.env.PORTS)
const people = JSON.parse(process.env.PEOPLE)

const network = await TestNetwork.create({
  plc: { port: ports.plc },
  pds: {
    port: ports.pds,
    hostname: 'localhost',
    enableDidDocWithSession: true,
    ...JSON.parse(process.env.PDS_SETTINGS ?? '{}'),
  },
  bsky: { port: ports.appview, publicUrl: `http://localhost:${ports.appview}` },
  ozone: { port: ports.ozone },
})

const accounts = {}
for (const [name, password] of Object.entries(people)) {
  const agent = network.pds.getAgent()
  const { data } = await agent.createAccount({
    handle: `${name}.test`,
    email: `${name}@people.test`,
    password,
  })
  accounts[name] = data
}
await network.processAll(PATIENCE)

const deeds = {
  // Waits until the app view has indexed what the server holds.
  process: () => network.processAll(PATIENCE),
  pause: () => network.bsky.sub.stop(),
  resume: () => void network.bsky.sub.start(),
  // Takes the app view away for good.
  blind: () => network.bsky.server.destroy(),
  label: async ({ uri, cid, value }) => {
    await network.bsky.db.db
      .insertInto('label')
      .values({
        src: network.ozone.ctx.cfg.service.did,
        uri,
        cid: cid ?? '',
        val: value,
        neg: false,
        cts: new Date().toISOString(),
      })
      .execute()
  },
  // An access token that has run out, signed as the server signs them.
  expire: async ({ did }) => {
    const past = Math.floor(Date.now() / 1000) - 10
    const token = await new SignJWT({ scope: 'com.atproto.access' })
      .setProtectedHeader({ typ: 'at+jwt', alg: 'HS256' })
      .setAudience(network.pds.ctx.cfg.service.did)
      .setSubject(did)
      .setIssuedAt(past - 7200)
      .setExpirationTime(past)
      .sign(network.pds.jwtSecretKey())
    return { token }
  },
  suspend: async ({ did }) => {
    await network.pds.ctx.accountManager.takedownAccount(did, {
      applied: true,
      ref: 'test',
    })
  },
  // Lets a desk with a public address be known by the document that it would serve there.
  client: ({ document }) => {
    clients[document.client_id] = document
  },
  // An identity with a chat service, which this package does not have.
  chat: async ({ endpoint }) => {
    const key = await Secp256k1Keypair.create()
    const directory = new plc.Client(network.plc.url)
    const did = await directory.createDid({
      signingKey: key.did(),
      rotationKeys: [key.did()],
      handle: 'chat.test',
      pds: endpoint,
      signer: key,
    })
    await directory.updateData(did, key, (document) => {
      document.services['bsky_chat'] = { type: 'BskyChatService', endpoint }
      return document
    })
    return { did }
  },
}

const control = http.createServer(async (request, response) => {
  let body = ''
  for await (const part of request) body += part
  try {
    const deed = deeds[request.url.slice(1)]
    const result = await deed(body ? JSON.parse(body) : {})
    response.end(JSON.stringify(result ?? {}))
  } catch (error) {
    response.statusCode = 500
    response.end(JSON.stringify({ error: String(error) }))
  }
})
control.listen(ports.control, '127.0.0.1')
await once(control, 'listening')

process.stdout.write(
  JSON.stringify({
    pds: network.pds.url,
    appview: network.bsky.url,
    directory: network.plc.url,
    control: `http://127.0.0.1:${ports.control}`,
    accounts,
  }) + '\n',
)

// Whoever started this holds its input; when that closes, even by kill -9, nothing is left behind.
process.stdin.resume()
await once(process.stdin, 'end')
process.exit(0)
