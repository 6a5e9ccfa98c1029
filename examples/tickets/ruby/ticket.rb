# A payout ticket: who is paid what, signed by your server. Nothing but Ruby's own library.
require 'json'
require 'openssl'

def mint_ticket(claims, secret, audience, seconds: 600)
  key = secret.unpack1('m0') # the secret is base64: its bytes sign, not its characters
  base64url = ->(bytes) { [bytes].pack('m0').tr('+/', '-_').delete('=') }
  now = Time.now.to_i
  parts = [{ alg: 'HS256', typ: 'JWT' }, { **claims, aud: audience, iat: now, exp: now + seconds }]
  signed = parts.map { |part| base64url.(JSON.generate(part)) }.join('.')
  "#{signed}.#{base64url.(OpenSSL::HMAC.digest('SHA256', key, signed))}"
end

if $PROGRAM_NAME == __FILE__
  claims = {
    sub: 'courier-7', # who is paid, in your words
    ref: 'week-2026-47/courier-7', # what is paid: one reference is paid once, for ever
    amount: 425_000, # kopecks, a whole number
    currency: 'RUB',
    full_name: 'Иванов Иван Иванович',
    description: 'Услуги курьера, договор "15/К", без НДС'
  }
  puts mint_ticket(claims, ENV.fetch('TICKET_SECRET'), ENV.fetch('TICKET_AUDIENCE'))
end
