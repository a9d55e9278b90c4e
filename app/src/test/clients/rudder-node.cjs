// RudderStack's Node library as an app uses it: node rudder-node.cjs HOST WRITE_KEY EVENTS
const RudderAnalytics = require('@rudderstack/rudder-sdk-node')

const [host, writeKey, events] = process.argv.slice(2)
const client = new RudderAnalytics(writeKey, {
  dataPlaneUrl: host,
  flushAt: 10,
  flushInterval: 100,
  retryCount: 30,
  axiosRetryConfig: { retryDelay: () => 300 },
})
let failed = 0
let told = 0
const done = (error) => {
  told++
  if (error) {
    failed++
    console.error(error.message)
  }
}

const wanted = Number(events) + 2
for (let number = 0; number < Number(events); number++) {
  client.track(
    {
      userId: `user-${number % 7}`,
      event: 'Report opened',
      messageId: `rudder-${number}`,
      properties: { number, title: 'Größe ☕' },
      context: { groupId: 'acme' },
    },
    done,
  )
}
client.identify({ userId: 'user-0', traits: { email: 'ada@acme.example' } }, done)
client.group({ userId: 'user-0', groupId: 'acme', traits: { name: 'Acme' } }, done)

const look = setInterval(() => {
  if (told === wanted) {
    clearInterval(look)
    console.log(`failed ${failed}`)
  } else {
    client.flush().catch(() => {})
  }
}, 50)
