"""Given names: what many people in England are called, so that a date beside a name can be told from any other date.

The list need not be whole: it tells a likely name from two capitals in a row, as in "Scrutiny Commission". Names that
are also ordinary words of council papers (Amber, Dawn, Grace, Hope, June, Mark, Victoria) are left out.
"""

_NAMES = """
aaliyah aaron aayan abbas abbie abby abdi abdul abdullah abdullahi abigail abubakar adam adele aditya adnan adrian
agnieszka ahmed aidan aiden aimee aisha aishah aiza akash alan alana albert albie aleena alejandro aleksander
aleksandra alessia alex alexa alexander alexandra alexia alexis alfie alfred ali alice alicia alina alisha alison
alistair aliyah allan alyssa amanda amelia amelie amina amir amira amirah amit amna amy anaya andrea andreea andrew
angela angus anika anisa anita anjali ann anna annabel annabelle anne annie anthony anton antonio anya aoife
arabella aran archie aria ariana arjun armaan arthur arun arya asha ashley ashton asif asiya asma athena aubrey
audrey aurora ava avani ayaan ayan ayat ayesha ayla ayman aysha azaan barbara barnaby bartosz beatrice beatrix becky
bella ben benedict benjamin bernadette beth bethan bethany bianca bilal billy blake bobby bonnie bradley brandon
brenda brian bridget brooke bruno bryony caitlin callum calum cameron cara carl carla carly caroline carter
catherine cerys charles charlie chelsie chidi chloe christina christine christopher ciara claire clara clare clive
cody colin connor conor cora corey courtney craig cristian daisy damian daniel daniela danielle danny daria darius
darren dave david dawid deborah declan deepa demi denise dennis derek diana diane dina dominic dominik donna dora
dorothy duncan dylan ebony eddie edith eduard edward ehsan eleanor elena eli eliana elias elijah elisa elise
elizabeth ella elle ellen ellie elliot elliott ellis eloise elsa elsie emilia emily emma emmanuel enzo erin esha
esmae esme esmee esther ethan euan eva evan eve evelyn evie ewan ezra fahad faisal farah farhan fatima fatimah
felicity felix fern finlay finley finn fiona florence frances francesca francis frank frankie fraser fred freddie
frederick freya gabriel gabriela gabriella gareth gary gavin gemma genevieve geoffrey george georgie georgina gerald
gillian gina giovanni gloria gordon graham gregory gurpreet habiba hafsa hallie hamza hana hanna hannah hardeep
hareem hari harley haroon harriet harris harrison harry harsh harvey hashim hassan hayden hayley hazel heather heidi
helen helena henry hermione hollie holly huda hugh hugo humaira husna hussain hussein ian ibrahim idris iftikhar
igor ikram iman imani imogen imran inaaya inaya iqra irfan iris isaac isabel isabella isabelle isha ishaan isla
ismail isobel ivan jack jackson jacob jacqueline jacub jaden jai jaiden jaime jake jakub jamal james jamie jane
janet janice jannat jasmin jasmine jason jasper javeria jay jayden jean jeevan jemima jennifer jenny jeremy jesse
jessica jessie jill jim jimmy joan joanna joanne jodie joe joel johan john johnny jonah jonathan joseph josephine
josh joshua josie joyce juan judith julia julian julie juliet junaid justin kacper kai kaitlyn kamil kamran karan
karen karim karina karl karolina kasia kate katherine kathleen kathryn katie katy kavya kayden kayla keira keith
kelly kenneth kenzie kerry kevin keziah khadija khadijah khalid kian kiara kiera kieran kimberley kiran kirsty krish
krishna krystian kuba kyle kyra lacey laiba laila lana lara laura lauren layla leah leanne lee leila lena leo leon
leona leonardo leonie lesley leticia lewis lexi lexie liam libby lina linda lisa liyana logan lois lola lorna
lorraine lottie louie louis louisa louise luca lucas lucia lucinda lucy luka lukas lukasz luke luna lydia lyla mabel
macey maciej maddison madeleine madison maggie maha mahdi maheen mahmoud maisie maja malachi malaika manpreet marcel
marcus margaret maria mariam marie mariya marta martha martin martyn mary maryam mateusz matilda matthew maximilian
maya megan mehdi melanie melissa mia michael michaela michal michelle miguel mikael mike mikolaj millie milo minahil
miriam mohamed mohammad mohammed mollie molly monika morgan muhammad muhammed musa mustafa myla nabeel nadia nadine
naila naima naomi nasir nasra natalia natalie natasha nathan nathaniel neha neil niamh nicholas nicola nicolas
nicole nigel nihal nikhil nikita nikola nina noah noor noreen nour nusrat olaf oliver olivia olivier ollie omar orla
oscar osman otis owen pamela patricia patrick patryk paul paula pauline penelope peter petra philip phillip phoebe
pia piotr pippa polly poppy preeti priya rachael rachel rafael rahul rajesh ralph raluca ramon rana raphael rashid
ravi rayan raymond rebecca reece reggie rehan reuben rhiannon rhys ria ricardo richard riley rita riya robert
roberta rohan ronnie rory rosalind rosanna rosie ross rowan roy rubina rukhsana rupert russell ryan saad saanvi
sabrina sadia safa saffron safia sahil saira sally salma salman samantha samina samir samira samuel sana sandeep
sandra sanjay sapna sara sarah sasha scott sean sebastian seren shabana shabnam shakira shane shannon sharon shaun
shauna shazia sheila shelby shirley shreya sian sidra sienna simon simran siobhan sofia sonia sonny sophia sophie
stacey stanley stefan stella stephanie stephen steven stuart subhan sufyan suhana sukhdeep sumaya sunil susan
susanna suzanne sylvia szymon tabitha tahir talia tamara tanisha tanya tara tariq tasnim tatiana teddy terence
teresa tess theo theodore theresa thomas tia tiana tilly timothy tina toby tom tomasz tommy toni tony tracey trevor
tristan tyler umair umar usman uzair valentina vanessa vera veronica vicky viktor viktoria vincent vivian wendy
wiktor wiktoria william wojciech xavier yahya yash yasin yasir yasmin yasmine yousef yunus yuri yusuf yvonne zac
zach zachary zack zahra zain zaina zainab zakariya zaki zane zara zayan zaynab zeeshan zeynep zoe zofia zoha zoya
zubair zuzanna
"""

GIVEN_NAMES = frozenset(_NAMES.split())
"""In small letters."""
