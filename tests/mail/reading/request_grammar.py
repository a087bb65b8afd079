"""Ways of asking and of not asking, times acts: sentences made of every pair.

`{}` is where the act goes. One way or act a line.
"""

ASKING_SOMEBODY = """
Can you {}?
Could you please {}?
Would you {}?
Please {}.
Could someone {}?
Could somebody from your team {}?
Can Priya {}?
Please have someone {}.
Please ask Priya to {}.
Have your manager {}, please.
I need you to {}.
I need someone to {}.
We need somebody from your office to {}.
I'd like you to {}.
I would like your chief appraiser to {}.
I'd appreciate it if you could {}.
It would be great if someone could {}.
Would you be able to {}?
Are you able to {}?
Would it be possible for you to {}?
Is it possible for someone to {}?
Any chance you could {}?
Any chance someone can {}?
I was hoping you could {}.
I was wondering if you could {}.
Wondering if someone might {}.
Do you think you could {}?
Would you be willing to {}?
Would Priya be willing to {}?
Is there someone who can {}?
Who can {}?
You need to {}.
Someone needs to {}.
Make sure someone can {}.
Kindly {}.
If you could {}, that would be great.
I'm asking you to {}.
I am requesting that someone {}.
I want somebody to {}.
My boss wants you to {}.
Our CFO has asked that you {}.
We ask that your manager {}.
I'd be grateful if you would {}.
Be so kind as to {}.
Would you kindly {}?
Can I get someone to {}?
Could I ask you to {}?
Could I trouble someone to {}?
May I ask that you {}?
Might you {}?
Will you please {}?
Hi Marcus, could you {} when you get a chance?
Thanks for the report, please {}.
Before you release it, please {}.
Quick favor - can you {}?
It's important that you {}.
It is urgent that someone {}.
I must ask you to {}.
Would you mind asking someone to {}?
Can you get somebody to {}?
Please get Priya to {}.
Please arrange for someone to {}.
Please let me know when you can {}.
Let me know if you can {}.
Tell me when someone can {}.
Pls {}
Next week would be ideal for you to {}.
My client would like your appraiser to {}.
I need to have someone {}.
We'd love for Priya to {}.
I'd love it if you could {}.
You'd be doing me a favor if you could {}.
Do me a favor and {}.
""".strip().split("\n")

DONE_BY_SOMEBODY = """
call me
give me a call
call my processor
ring me back
phone our underwriter
return my call
reach me on my cell
call me about the rent schedule
give Denise a call on Thursday
meet with us
meet our underwriter at the bank
stop by our branch
come to our office
join our call on Monday
set up a meeting with us
schedule a call with our team
walk me through the grid
send someone out to our office
present to our board
attend our roundtable
hop on a Zoom with us
explain this to me over the phone
call Mr. Pell
call the borrower's attorney
phone the county for me
get in touch with me by phone
talk to the borrower and explain the delay
speak with our underwriter
call in to our committee meeting
sit in on our review call
give our closer Amy a ring
dial me back
call my cell
call 303-555-0144
drop by the office
come by this afternoon
come in and meet the team
visit our branch in Ogden
have lunch with us on Friday
take part in our Tuesday call
be on a call with the investor
get on the phone with the agent
join us for the site walk
participate in a phone interview
explain it to me in person
go over the numbers with me
take me through the adjustments
spend an hour with our processors
train our new hires
send somebody to our office
set up a conference call with the agent
arrange a meeting with your owner
put me in touch with your chief appraiser
connect me with the reviewer
transfer me to a supervisor
call and talk to Denise
call me and explain
step out and call me
reach out to me by phone
follow up with me by phone
respond to me with a call
check your schedule and call me
look at this and give me a call
introduce me to your COO
testify at the hearing on March 3
be at our closing on Friday
meet me for coffee
attend the hearing
speak at our luncheon
host a training for our staff
do a walkthrough with our team
give us a demo of the portal
""".strip().split("\n")

ASKING_TO_TALK = """
Can we {}?
Could we {}?
Let's {}.
Shall we {}?
Any chance we could {}?
I'd like to {} with you.
Would it be possible to {}?
When can we {}?
How about we {}?
Why don't we {}?
I was hoping we could {}.
Would love to {} with you.
I want to {} with your manager.
We need to {} this week.
Are you available to {}?
Do you have time to {}?
Do you have time tomorrow to {}?
Let me know when we can {}.
I suggest we {}.
I propose that we {}.
Is there a time we could {}?
It'd be good if we could {}.
Could you and I {}?
Any chance we can {}?
I'd like us to {}.
Would you be open to {}?
We should {} this week.
""".strip().split("\n")

DONE_TOGETHER = """
talk
speak by phone
meet
chat about this on Thursday
set up a call
schedule a meeting
get together next week
hop on a quick call
discuss this over the phone
find a time to talk
connect on Monday
talk through the comps
have a call
have a quick chat
do a Zoom
speak
touch base
meet for lunch
meet in person
get on the phone
jump on a quick call
arrange a call for Friday
find fifteen minutes to talk
put something on the calendar
sit down
do a conference call with the lender
catch up by phone
have a conversation about the fee
discuss on Monday
move our call to 3
grab coffee
""".strip().split("\n")

WISHING_FOR = """
I'd like {}.
I need {}.
We request {}.
Can I get {}?
Could I have {} today?
I would appreciate {}.
How about {}?
My boss wants {}.
We're looking for {}.
I am asking for {}.
Please arrange {}.
I would like {}.
We would appreciate {}.
Can I have {}?
Could we get {}?
I'm requesting {}.
I want {}.
Please give me {}.
May I have {}?
Our president would welcome {}.
Is there any chance of {}?
""".strip().split("\n")

WISHED_FOR = """
a call
a call back
a meeting
a quick chat with you
ten minutes of your time
a word with your manager
a meeting with your team
a callback from a supervisor
a conversation with Priya
a call from your manager
a phone call
a call with the reviewer
a conference call
a meeting next week
a sit-down with Marcus
a Zoom with your team
half an hour with your chief appraiser
a few minutes of your time
a chat with somebody in billing
a face-to-face meeting
an appointment with your manager
a callback today
a quick word with Dana
a phone conversation with the appraiser
time on your calendar
""".strip().split("\n")

WISHING_TO = """
I'd like to {}.
I need to {}.
Can I {}?
We want to {}.
I demand to {}.
My attorney wishes to {}.
Our CFO wants to {}.
I'm hoping to {}.
Is it possible to {}?
I would like the chance to {}.
When can I {}?
May I {}?
I insist that I {}.
It's important that I {}.
""".strip().split("\n")

TALKING_WITH_US = """
speak with a manager
talk to your chief appraiser
speak to whoever signed the report
talk with someone in billing
speak with you about the fee
talk to a real person
be called back
""".strip().split("\n")

NOT_ASKING = """
Feel free to {}.
Please feel free to {} if needed.
Don't hesitate to {}.
Please do not hesitate to {}.
You are welcome to {} any time.
If you have any questions, please {}.
If anything changes, {}.
Should you need anything, {}.
There is no need to {}.
You don't need to {}.
You don't have to {}.
Please do not {}.
Please don't {}.
Never {} without asking.
I told her to {}.
She asked him to {}.
He wanted to {} last week.
I was going to {} but got busy.
I will {} tomorrow.
I'll {} on Thursday.
We will {} next week.
We're going to {}.
I plan to {}.
Let me {} and get back to you.
I'm happy to {}.
We'd be glad to {}.
I can {} if that helps.
We should have asked you to {}.
I tried to {} yesterday.
The borrower said she would {}.
My processor will {}.
The agent is supposed to {}.
I asked Denise in my office to {}.
If you'd rather {}, that's fine.
You can always {}.
You may {} at any time.
You could also {}.
Unless you want to {}, we're done.
Before you {}, read the attached.
When you {}, bring the file.
Once you {}, we can close it.
After you {} I will sign.
Thanks for offering to {}.
Thanks for agreeing to {}.
I know you tried to {}.
I understand you wanted to {}.
It was good to {}.
Did you {}?
Did anyone {} yesterday?
Why did nobody {}?
Were you able to {}?
Have you had a chance to {} yet, or is it done?
Someone did {} already.
You said you would {}.
You promised to {}.
I have no time to {}.
There's no point in trying to {}.
I don't want to {}.
I don't think we need to {}.
We won't need to {}.
Customers may {} at the number below.
Borrowers often {} to complain.
Our policy is to {} first.
To {}, press 1.
How to {}:
The appraiser must {} before entering.
Instead of asking you to {}, I sent the form.
Rather than {}, just email.
No one has to {}.
We no longer need you to {}.
I'd never ask you to {}.
My boss told me to {}.
Denise will ask them to {}.
I might {} later.
I may {} later this week.
They want me to {}.
I'd like to know whether I should {}.
Would you like me to {}?
Shall I {}?
Do you want us to {}?
Should I {} or wait?
Can you tell me who will {}?
Who told you to {}?
I wonder why you didn't {}.
The borrower will {}.
My colleague is going to {}.
The county has to {}.
The agent may {}.
The seller wants to {}.
The tenant plans to {}.
He was told to {}.
They are supposed to {}.
Our policy is to {}.
You agreed to {}, thank you.
You were kind enough to {}.
Thank you for agreeing to {}.
It was nice of you to {}.
There was no time to {}.
I forgot to {}.
We decided not to {}.
The investor does not {}.
Borrowers often {}.
Clients can {} online.
It is not necessary to {}.
I doubt they will {}.
Who will {} if Dana is out?
Will the appraiser {}?
Does the system {}?
Why would anyone {}?
I wonder why they {}.
The form asks you to {}.
The letter instructs borrowers to {}.
They make you {} twice.
She had her son {}.
I'll have my assistant {}.
We had Priya {} last time.
My boss will have someone {}.
He'd rather not {}.
I can't {} today.
You can't {} without a code.
How do I {}?
Where can clients {}?
Unless they {} we will close the file.
As soon as they {} I'll write.
""".strip().split("\n")

ACTS = """
call me
give me a call
call my processor
ring me back
phone our underwriter
call you
give you a call
call the borrower
meet with us
stop by our branch
join our call on Monday
set up a meeting
schedule a call
speak with the manager
speak with you
talk by phone
walk me through the grid
explain this over the phone
call us
meet us there
speak with me
talk to us
visit our office
join the call
""".strip().split("\n")

NOT_ASKING_FOR = """
The {} is at 3.
The {} was fine.
The {} has been moved to Friday.
The {} went well.
The {} is optional.
Please disregard my request for a {}.
Our last {} was in May.
During the {} he said the roof leaks.
Before the {} I read the report.
I missed the {}, sorry.
No {} needed.
I declined the {}.
Thanks for the {}.
Thank you for the {} yesterday.
I have a {} at 3.
We had a {} with the seller.
I'm in a {}.
There is a {} on Friday.
How was the {}?
Who attended the {}?
When is the {}?
Is the {} still on?
Can you send me the {} notes?
Please send the {} notes.
What was said in the {}?
I'll join the {}.
He wants a {} with the county.
They requested a {} with the seller and he refused.
The need for a {} has passed.
I don't need a {}.
A {} would have helped.
We scheduled a {} with the builder.
I scheduled a {} with the agent for Monday.
The borrower has a {} with her attorney.
She cancelled the {}.
Per our {}, the fee is 500.
As discussed in the {}, please revise page 2.
Following the {}, we approved the value.
The {} lasted an hour.
My {} ran long.
After a {} with the investor we changed our mind.
I am late for a {}.
Do I need a {} for this?
Does this require a {}?
Was there a {}?
If a {} is needed let me know.
Let me know if you need a {}.
Let me know if a {} would help.
I hope the {} went well.
I hope a {} won't be necessary.
We look forward to the {}.
Looking forward to our {}.
See you at the {}.
I can do a {} on Friday if you like.
I'd be happy to do a {}.
We offer a free {} to new clients.
Book a {} today!
The agenda of the {} is attached.
The invoice for the {} is attached.
They asked for a {} last year.
Nobody wants another {}.
The {} with Priya was helpful.
We'll set up a {} later.
I'll arrange a {} once the report is in.
He promised a {} and never showed.
""".strip().split("\n")

SESSIONS = """
call
phone call
meeting
conference call
demo
visit
Zoom
chat
walkthrough
interview
training
site visit
""".strip().split("\n")

DONE_ALREADY = """
Someone {} yesterday.
Your reviewer {}, thanks.
Priya {} and explained it.
You {} on Monday.
The agent {}.
When you {}, I was out.
After your team {} we felt better.
I know somebody {}.
Glad you {}.
I'm glad someone {}.
He said you {}.
Nobody {}.
If someone {}, I missed it.
The person who {} was kind.
Did the manager who {} leave a note?
I believe Marcus {}.
It helped that you {}.
It was great that Priya {}.
""".strip().split("\n")

PAST_ACTS = """
called me
called us
called the borrower
called you
met with us
met us there
spoke with me
talked to us
visited our office
joined the call
gave me a call
set up a meeting
scheduled a call
""".strip().split("\n")

SPEAKING_OF = """
Thanks for {}.
Thank you for {}, it helped.
I appreciate you {}.
Sorry for not {} sooner.
Instead of {}, I wrote.
Without {} we got nowhere.
By {} you saved the deal.
He keeps {}.
They stopped {}.
I remember {}.
Before {}, check the file.
I'm not comfortable {}.
""".strip().split("\n")

GERUNDS = """
calling me
calling us
calling the borrower
calling you
meeting with us
meeting us there
speaking with me
talking to us
visiting our office
joining the call
giving me a call
setting up a meeting
scheduling a call
""".strip().split("\n")
