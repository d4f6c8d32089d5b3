"""Sentences for bench/intelligibility.py: twenty in each language, as people send them.

Braces contain a numeral or a foreign word as it is written, followed by each way in which a native
speaker may say it: `{$12.50|twelve dollars and fifty cents|twelve fifty}`.
"""

import itertools
import re
from dataclasses import dataclass

_BRACES = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Sentence:
    """One sentence of the benchmark."""

    source: str
    has_numbers: bool

    @property
    def said(self) -> str:
        """The text to be spoken."""
        return _BRACES.sub(lambda braces: braces[1].split("|")[0], self.source)

    @property
    def expected(self) -> list[str]:
        """All right transcripts: each way of saying the sentence in words, and as written."""
        parts = _BRACES.split(self.source)  # text, content of braces, text, ...
        choices = [part.split("|") if odd % 2 else [part] for odd, part in enumerate(parts)]
        return ["".join(choice) for choice in itertools.product(*choices)]


def sentences(language: str) -> list[Sentence]:
    """Return a language's twelve sentences of prose and eight with numbers, by its tag."""
    prose = [Sentence(source, False) for source in PROSE[language]]
    return prose + [Sentence(source, True) for source in WITH_NUMBERS[language]]


PROSE = {
    "en-US": [
        "Could you let me know when the package arrives at the front desk?",
        "What a beautiful evening for a walk by the lake!",
        "My neighbor Margaret has lived in Chicago since she was a child.",
        '"I didn\'t mean to wake you," he whispered, and quietly closed the door.',
        "Have you read the email that Jonathan sent this morning?",
        "The bakery on the corner sells the best blueberry muffins in town.",
        "Please leave your shoes by the door before you come in.",
        '"Are we there yet?" asked Emily. "Almost," said her father.',
        "Although the lecture was difficult, everyone stayed until the very end.",
        "Don't forget to water the plants while I'm away!",
        "The doctor recommended plenty of rest and lots of fluids.",
        "She'd rather live close to the ocean than own a bigger house.",
    ],
    "en-GB": [
        "Would you mind putting the kettle on while I set the table?",
        "What a lovely garden you have, Mrs Henderson!",
        "The bus to Cambridge was late again, so I missed my first lecture.",
        "'I shan't be long,' said Oliver, and he hurried down the stairs.",
        "Have you ever walked along the coast in Cornwall?",
        "The postman left a parcel for you with the people next door.",
        "They had fish and chips on the pier and watched the boats come in.",
        "'Is anyone sitting here?' 'No, please go ahead.'",
        "Although it was pouring with rain, the match went ahead as planned.",
        "Charlotte can't find her umbrella, so she's borrowed mine.",
        "Mind the gap between the train and the platform!",
        "I'd rather stay in and read a book than go out tonight.",
    ],
    "es": [
        "¿A qué hora abre la biblioteca los domingos?",
        "¡Qué alegría verte por aquí después de tanto tiempo!",
        "Mi prima Lucía estudia medicina en la Universidad de Salamanca.",
        "—No te preocupes —dijo Carmen—, ya lo arreglaremos mañana.",
        "Necesito comprar leche, huevos y un poco de queso.",
        "El perro del vecino ladra toda la noche y no me deja dormir.",
        "¿Podrías enviarme las fotos del viaje cuando tengas un momento?",
        "«La paciencia es la madre de la ciencia», repetía siempre mi abuela.",
        "Aunque estaba lloviendo, salimos a pasear por el casco antiguo.",
        "Joaquín aprendió a tocar la guitarra en apenas un verano.",
        "¡Cuidado con el banco, que está recién pintado!",
        "Nos gustaría reservar una mesa en la terraza para esta noche.",
    ],
    "fr": [
        "Est-ce que tu pourrais m'aider à porter la valise, s'il te plaît ?",
        "Quelle bonne surprise de vous revoir à Lyon !",
        "Ma sœur Camille travaille dans une librairie près de la gare.",
        "« Je reviens tout de suite », dit Antoine en fermant la porte.",
        "N'oublie pas d'éteindre la lumière avant de partir.",
        "Les enfants jouent dans le jardin depuis ce matin.",
        "Pourquoi as-tu choisi ce métier plutôt qu'un autre ?",
        "Il pleuvait tellement que nous sommes restés à la maison tout le week-end.",
        "— Tu viens avec nous ? — Non, je dois encore travailler.",
        "La boulangère m'a dit que le pain sortirait bientôt du four.",
        "Attention, le sol est encore mouillé !",
        "Nous aimerions louer un petit appartement au bord de la mer.",
    ],
    "hi": [
        "क्या आप मुझे बता सकते हैं कि रेलवे स्टेशन कहाँ है?",
        "वाह, कितना सुंदर बगीचा है!",
        "मेरी बहन सुनीता दिल्ली के एक स्कूल में पढ़ाती है।",
        '"मैं अभी आता हूँ," राहुल ने कहा और बाहर चला गया।',
        "कल रात बहुत तेज़ बारिश हुई, इसलिए सड़क पर पानी भर गया।",
        "क्या तुमने अपना काम पूरा कर लिया?",
        "माँ ने आज खाने में दाल, चावल और सब्ज़ी बनाई है।",
        "बच्चे शाम को पार्क में क्रिकेट खेलते हैं।",
        "मुझे पुरानी हिंदी फ़िल्मों के गाने सुनना बहुत पसंद है।",
        "अगर मौसम अच्छा रहा तो हम पहाड़ों पर घूमने जाएँगे।",
        "कृपया दरवाज़ा धीरे से बंद कीजिए।",
        '"तुम कहाँ जा रहे हो?" "मैं बाज़ार जा रहा हूँ।"',
    ],
    "it": [
        "Mi scusi, sa dirmi dove si trova la fermata dell'autobus?",
        "Che bella sorpresa, non ti aspettavo così presto!",
        "Mio fratello Lorenzo insegna matematica in un liceo di Torino.",
        "«Torno subito», disse Giulia, e uscì senza il cappotto.",
        "Hai già letto il messaggio che ti ho mandato stamattina?",
        "Il gatto dorme tutto il giorno sul divano del soggiorno.",
        "Ci piacerebbe prenotare una camera con vista sul lago.",
        "Nonostante la pioggia, la festa in piazza è stata un successo.",
        "— Vieni al cinema con noi? — Volentieri, a che ora?",
        "La nonna prepara gli gnocchi ogni giovedì, come vuole la tradizione.",
        "Attenzione, il gradino è scivoloso!",
        "Perché non facciamo una passeggiata lungo il fiume prima di cena?",
    ],
    "ja": [
        "すみません、この近くに郵便局はありますか。",
        "わあ、なんてきれいな夕焼けでしょう！",
        "妹のさくらは京都の大学で歴史を勉強しています。",
        "「ちょっと待って」と田中さんが言って、部屋を出て行きました。",
        "昨日の夜から雨が降り続いているので、今日は家にいます。",
        "この喫茶店では{Wi-Fi|ワイファイ}が無料で使えるそうです。",
        "子どもたちは公園で元気に遊んでいます。",
        "窓を開けると、海の匂いのする風が入ってきた。",
        "「お先に失礼します」「お疲れさまでした」",
        "この漢字の読み方を教えていただけませんか。",
        "週末は友達と山に登る予定ですが、天気が心配です。",
        "私は辛い食べ物が苦手なので、カレーは甘口にしてください。",
    ],
    "pt-BR": [
        "Você sabe me dizer onde fica o ponto de ônibus mais próximo?",
        "Que saudade eu estava de vocês!",
        "Minha tia Beatriz mora em Belo Horizonte há muitos anos.",
        '"Já volto", disse o Paulo, e saiu correndo pela porta.',
        "Vocês já viram o filme que estreou na semana passada?",
        "A padaria da esquina faz o melhor pão de queijo do bairro.",
        "Não se esqueça de trancar o portão quando sair, por favor.",
        "Choveu tanto ontem à noite que a rua ficou alagada.",
        "— Quer mais um café? — Não, obrigada, já estou satisfeita.",
        "As crianças passaram a tarde inteira brincando na areia.",
        "Cuidado, o chão está molhado!",
        "O João disse que a avó dele faz uma feijoada maravilhosa.",
    ],
    "zh": [
        "请问，附近有没有地铁站？",
        "哇，今天的夕阳真漂亮啊！",
        "我妹妹在北京大学学习历史。",
        "“你等我一下。”小王说完就跑出去了。",
        "昨天晚上下了一场大雨，路上到处都是水。",
        "你看过那部新上映的电影吗？",
        "这家咖啡馆的Wi-Fi密码是什么？",
        "孩子们在公园里高兴地放风筝。",
        "“明天一起去爬山吧？”“好啊，几点出发？”",
        "妈妈做的红烧肉是全家人最爱吃的菜。",
        "他在银行上班，每天都得走很长的路。",
        "虽然工作很忙，他还是每天坚持锻炼身体。",
    ],
}

WITH_NUMBERS = {
    "en-US": [
        "Tickets cost {$12.50|twelve dollars and fifty cents|twelve fifty} each, and kids get in "
        "free.",
        "My flight leaves at {6:45 a.m.|six forty-five a.m.}, so we should be up by "
        "{5:00|five|five o'clock}.",
        "The meeting is on March {3|third}, {2026|twenty twenty-six}, in the main office.",
        "About {25%|twenty-five percent} of the students speak {2|two} languages at home.",
        "It was {-15°F|minus fifteen degrees Fahrenheit|negative fifteen degrees Fahrenheit} in "
        "Minneapolis last night.",
        "Call me at {555-0142|five five five, zero one four two|five five five, oh one four two} "
        "after dinner.",
        "The library has {1,250,000|one million two hundred fifty thousand|"
        "one million two hundred and fifty thousand} books on {7|seven} floors.",
        "The box weighs {3.5 kg|three point five kilograms|three and a half kilograms}, which is "
        "more than I expected.",
    ],
    "en-GB": [
        "A return ticket to Bristol costs {£48.60|forty-eight pounds sixty|"
        "forty-eight pounds and sixty pence}.",
        "The film starts at {7:30 p.m.|seven thirty p.m.|half past seven p.m.}, so let's meet at "
        "{7:00|seven|seven o'clock}.",
        "The exhibition opens on {14|the fourteenth of|fourteenth} June "
        "{2026|twenty twenty-six|two thousand and twenty-six}.",
        "Roughly {40%|forty percent|forty per cent} of households here own a dog or a cat.",
        "It was {-4°C|minus four degrees Celsius|minus four degrees} in Aberdeen this morning, "
        "with ice on the roads.",
        "Please ring me on {020 7946 0018|oh two oh, seven nine four six, double oh one eight|"
        "oh two oh, seven nine four six, oh oh one eight|"
        "zero two zero, seven nine four six, zero zero one eight} before lunch.",
        "The stadium holds {60,000|sixty thousand} people, and nearly every seat was taken.",
        "You'll need {250 g|two hundred and fifty grams} of flour and "
        "{1.5 kg|one point five kilograms|one and a half kilograms} of apples.",
    ],
    "es": [
        "El menú del día cuesta {14,50 €|catorce euros con cincuenta|"
        "catorce euros con cincuenta céntimos|catorce euros y cincuenta céntimos|"
        "catorce con cincuenta euros} e incluye el postre.",
        "El tren sale a las {8:15|ocho y cuarto|ocho y quince|ocho quince} y llega a Madrid a las "
        "{10:40|once menos veinte|diez y cuarenta|diez cuarenta}.",
        "La boda será el {12|doce} de mayo de {2027|dos mil veintisiete} en Sevilla.",
        "El {35 %|treinta y cinco por ciento} de los alumnos llega a clase en bicicleta.",
        "Anoche hubo {-7 °C|menos siete grados|menos siete grados centígrados|"
        "menos siete grados Celsius|siete grados bajo cero} en la sierra y todo amaneció helado.",
        "Llámame al {612 34 56 78|seis uno dos, tres cuatro, cinco seis, siete ocho|"
        "seiscientos doce, treinta y cuatro, cincuenta y seis, setenta y ocho} "
        "cuando salgas del trabajo.",
        "El pueblo tiene {3.480|tres mil cuatrocientos ochenta} habitantes y un solo colegio.",
        "He comprado {2,5 kg|dos kilos y medio|dos coma cinco kilos|dos coma cinco kilogramos} de "
        "naranjas y {1|un} litro de aceite.",
    ],
    "fr": [
        "Ce livre coûte {18,90 €|dix-huit euros quatre-vingt-dix|"
        "dix-huit euros et quatre-vingt-dix centimes} en librairie.",
        "Le film commence à {20h30|vingt heures trente} et finit vers {22h|vingt-deux heures}.",
        "Elle est née le {1er|premier} avril {1998|mille neuf cent quatre-vingt-dix-huit|"
        "dix-neuf cent quatre-vingt-dix-huit} à Marseille.",
        "Environ {65 %|soixante-cinq pour cent} des habitants prennent le tramway chaque jour.",
        "Il a fait {-8 °C|moins huit degrés|moins huit degrés Celsius} cette nuit dans les Alpes.",
        "Vous pouvez me joindre au {01 42 68 53 71|zéro un, quarante-deux, soixante-huit, "
        "cinquante-trois, soixante et onze} jusqu'à midi.",
        "La médiathèque possède {12 500|douze mille cinq cents} romans et "
        "{340|trois cent quarante} bandes dessinées.",
        "Il faut {1,5 kg|un kilo et demi|un virgule cinq kilo|un virgule cinq kilogramme} de "
        "pommes et {200 g|deux cents grammes} de sucre.",
    ],
    "hi": [
        "इस किताब की कीमत {₹350|तीन सौ पचास रुपये|साढ़े तीन सौ रुपये} है।",
        "ट्रेन सुबह {6:30 बजे|साढ़े छह बजे|छह बजकर तीस मिनट पर} छूटती है।",
        "हमारी परीक्षा {15|पंद्रह} मार्च {2026|दो हज़ार छब्बीस} से शुरू होगी।",
        "इस साल {80%|अस्सी प्रतिशत|अस्सी फ़ीसदी} छात्र पास हुए हैं।",
        "आज सुबह शिमला में तापमान {-3°C|माइनस तीन डिग्री सेल्सियस|माइनस तीन डिग्री|"
        "शून्य से तीन डिग्री नीचे|शून्य से तीन डिग्री सेल्सियस नीचे} था।",
        "मेरा फ़ोन नंबर {98765 43210|नौ आठ सात छह पाँच, चार तीन दो एक शून्य|"
        "नौ आठ सात छह पाँच, चार तीन दो एक ज़ीरो} है।",
        "इस शहर में {1,25,000|एक लाख पच्चीस हज़ार|सवा लाख} लोग रहते हैं।",
        "मुझे {2.5 किलो|ढाई किलो|दो दशमलव पाँच किलो|दो पॉइंट पाँच किलो} आलू और {1|एक} किलो प्याज़ चाहिए।",
    ],
    "it": [
        "Il biglietto costa {7,50 €|sette euro e cinquanta|sette euro e cinquanta centesimi} e "
        "vale tutto il giorno.",
        "Il negozio apre alle {9:30|nove e trenta|nove e mezza|nove e mezzo} e chiude alle "
        "{19:00|diciannove}.",
        "Mia figlia è nata il {21|ventuno} settembre {2015|duemilaquindici} a Bologna.",
        "Circa il {45%|quarantacinque per cento} degli italiani passa le vacanze al mare.",
        "Stanotte la temperatura è scesa a {-6°C|meno sei gradi|meno sei gradi centigradi|"
        "meno sei gradi Celsius} in tutta la valle.",
        "Chiamami al {340 123 4567|tre quattro zero, uno due tre, quattro cinque sei sette|"
        "trecentoquaranta, centoventitré, quarantacinque sessantasette} quando arrivi in stazione.",
        "La biblioteca conserva {15.800|quindicimilaottocento} volumi e molti manoscritti antichi.",
        "Per la torta servono {300 g|trecento grammi} di farina e {1,5 l|un litro e mezzo|"
        "uno virgola cinque litri|un virgola cinque litri} di latte.",
    ],
    "ja": [
        "このかばんは{3,980円|三千九百八十円}でしたが、とても丈夫です。",
        "会議は午後{3時30分|三時三十分|三時半}に始まります。",
        "{2026年4月1日|二千二十六年四月一日|二千二十六年四月ついたち}に新しい学校が開校します。",
        "{iPhone|アイフォーン|アイフォン}の充電が{20%|二十パーセント}しか残っていません。",
        "今朝の札幌の気温は{-8℃|マイナス八度|氷点下八度}でした。",
        "お問い合わせは{03-1234-5678|ゼロサン、イチニーサンヨン、ゴーロクナナハチ|"
        "ゼロサンのイチニーサンヨンのゴーロクナナハチ|"
        "レイサン、イチニーサンヨン、ゴーロクナナハチ}までお電話ください。",
        "この町の人口は{12,500人|一万二千五百人}です。",
        "りんごを{1.5kg|一点五キロ|一点五キログラム|一キロ半}と牛乳を{2本|二本}買ってきてください。",
    ],
    "pt-BR": [
        "O almoço custou {R$ 32,90|trinta e dois reais e noventa centavos|"
        "trinta e dois reais e noventa|trinta e dois e noventa}, com a sobremesa incluída.",
        "A reunião começa às {14h30|catorze e trinta|quatorze e trinta|catorze horas e trinta|"
        "quatorze horas e trinta|catorze horas e trinta minutos|quatorze horas e trinta minutos|"
        "duas e meia} e termina às {16h|dezesseis horas}.",
        "Meu filho nasceu no dia {7|sete} de setembro de {2018|dois mil e dezoito}.",
        "Cerca de {60%|sessenta por cento} dos alunos moram perto da escola.",
        "Nesta madrugada fez {-2°C|menos dois graus|menos dois graus Celsius|"
        "dois graus negativos} na serra catarinense.",
        "Meu telefone é {(11) 98765-4321|onze, nove oito sete seis cinco, quatro três dois um|"
        "onze, nove oito sete meia cinco, quatro três dois um|"
        "um um, nove oito sete seis cinco, quatro três dois um}, pode ligar a qualquer hora.",
        "A cidade tem {45.300|quarenta e cinco mil e trezentos} habitantes e uma praia famosa.",
        "Comprei {1,5 kg|um quilo e meio|um vírgula cinco quilo|um vírgula cinco quilos|"
        "um vírgula cinco quilograma|um vírgula cinco quilogramas} de carne e {2|dois} litros de "
        "suco.",
    ],
    "zh": [
        "这件外套原价{298元|二百九十八元|两百九十八元}，现在打{8|八}折。",
        "电影下午{3:30|三点三十分|三点三十|三点半}开始，别迟到。",
        "他们的婚礼定在{2026年5月20日|二零二六年五月二十日|二〇二六年五月二十日}。",
        "大约有{65%|百分之六十五}的学生骑自行车上学。",
        "今天早上哈尔滨的气温是{-18°C|零下十八度|零下十八摄氏度|负十八度|负十八摄氏度}。",
        "有事请打我的电话{138-0013-8000|一三八，零零一三，八零零零|幺三八，零零幺三，八零零零}。",
        "这座小城的人口只有{12,500|一万两千五百|一万二千五百}人。",
        "我买了{2.5kg|两点五公斤|二点五公斤|两点五千克|二点五千克|两公斤半}苹果和{3|三}瓶牛奶。",
    ],
}
