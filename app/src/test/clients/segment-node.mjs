// Segment's Node library as an app uses it: node segment-node.mjs HOST WRITE_KEY EVENTS
import { Analytics } from '@segment/analytics-node'

const [host, writeKey, events] = process.argv.slice(2)
const analytics = new Analytics({ host, writeKey, flushAt: 10, flushInterval: 100, maxRetries: 20 })
let failed = 0
analytics.on('error', (error) => {
  failed++
  console.error(error)
})

for (let number = 0; number < Number(events); number++) {
  analytics.track({
    userId: `user-${number % 7}`,
    event: 'Report opened',
    messageId: `node-${number}`,
    properties: { number, title: 'Größe ☕' },
    context: { groupId: 'acme' },
  })
}
analytics.identify({ userId: 'user-0', traits: { email: 'ada@acme.example' } })
analytics.group({ userId: 'user-0', groupId: 'acme', traits: { name: 'Acme' } })
analytics.page({ userId: 'user-0', name: 'Home' })
analytics.screen({ anonymousId: 'anonymous-0', name: 'Start' })
analytics.alias({ userId: 'user-0', previousId: 'anonymous-0' })
await analytics.closeAndFlush({ timeout: 60000 })
console.log(`failed ${failed}`)
